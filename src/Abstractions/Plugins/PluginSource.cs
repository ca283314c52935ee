namespace FLCrowd;

/// <summary>An assembly of plug-ins that was loaded.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">Its version, as its author wrote it.</param>
/// <param name="Module">Its module version id: another one for every build that is not the same.</param>
/// <param name="File">Where it was loaded from; an absolute path.</param>
/// <param name="Sha256">The checksum of that file, in hexadecimal.</param>
public sealed record PluginSource(string Name, string Version, Guid Module, string File, string Sha256);
