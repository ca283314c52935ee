using System.Security.Cryptography;
using System.Text;

namespace FLCrowd;

/// <summary>An assembly of plug-ins that was loaded.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">Its version, as its author wrote it.</param>
/// <param name="Module">Its module version id: another one for every build that is not the same.</param>
/// <param name="File">Where it was loaded from; an absolute path.</param>
/// <param name="Sha256">The checksum of that file, in hexadecimal.</param>
public sealed record PluginSource(string Name, string Version, Guid Module, string File, string Sha256)
{
    /// <summary>"NAME SHA256" of every library that it brings, in order of names.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Its code and that of its libraries in a word: SHA-256, in hexadecimal.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Sha256, .. Libraries]))));
}
