using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FLCrowd.Actors.Builds;

/// <summary>
/// What computes a number, as exactly as the number may depend on it: equal for processes that give the same bits. The one definition for
/// journals, nodes that join, caches and <c>run.json</c>. Plug-ins are not in it (<see cref="PluginSource"/>), nor are data.
/// </summary>
/// <param name="Version">The program's version, with the commit that it was built from.</param>
/// <param name="Runtime">.NET and its version.</param>
/// <param name="Arithmetic">What decides the last bits beside the code.</param>
/// <param name="Parts">
/// "NAME BUILD" of everything that is loaded beside .NET, in order of names. Of an assembly the module version id, which differs where
/// source, compiler or settings differ in whatever; of a native library its size and a checksum of its beginning, which names its build.
/// </param>
public sealed record ProgramBuild(string Version, string Runtime, string Arithmetic, IReadOnlyList<string> Parts)
{
    /// <summary>All of it in a word: SHA-256, in hexadecimal.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Version, Runtime, Arithmetic, .. Parts]))));

    /// <summary>The build of a program, in this process.</summary>
    /// <param name="program">The program's own assembly; all that it refers to is a part of it.</param>
    public static ProgramBuild Of(Assembly program) => new(
        program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        RuntimeInformation.FrameworkDescription,
        Processor.Arithmetic,
        [.. BuildParts.Assemblies(program).Concat(BuildParts.NativeLibraries()).Order(StringComparer.Ordinal)]);

    /// <summary>Why another build may give other numbers than this one; empty where it gives the same.</summary>
    public IReadOnlyList<string> Differences(ProgramBuild other)
    {
        var reasons = new List<string>();
        if (other.Version != Version)
        {
            reasons.Add($"its version is {other.Version}, here it is {Version}");
        }

        if (other.Runtime != Runtime)
        {
            reasons.Add($"it runs on {other.Runtime}, here it is {Runtime}");
        }

        if (other.Arithmetic != Arithmetic)
        {
            reasons.Add($"its arithmetic is that of {other.Arithmetic}, here it is that of {Arithmetic}");
        }

        // Another version is another build throughout.
        if (other.Version == Version && Changed(other) is { Count: > 0 } changed)
        {
            reasons.Add($"it is another build: {string.Join("; ", changed)}");
        }

        return reasons;
    }

    private List<string> Changed(ProgramBuild other)
    {
        var (ours, theirs) = (ByName(Parts), ByName(other.Parts));
        return [.. ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Ours: ours.GetValueOrDefault(name, "none"), Theirs: theirs.GetValueOrDefault(name, "none")))
            .Where(part => part.Ours != part.Theirs)
            .Select(part => $"{part.Name} is {part.Theirs}, here {part.Ours}")];
    }

    private static Dictionary<string, string> ByName(IEnumerable<string> parts) =>
        parts.Select(part => part.Split(' ', 2)).ToDictionary(part => part[0], part => part[^1]);
}
