using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace FLCrowd;

/// <summary>An assembly of plug-ins that was loaded, or a program in another language.</summary>
/// <param name="Name">The assembly's name; of a program, its file's.</param>
/// <param name="Version">Its version, as its author wrote it; of a program, what it says that it runs on.</param>
/// <param name="Module">Its module version id: another one for every build that is not the same; of a program, made of its
/// checksum.</param>
/// <param name="File">Where it was loaded from; an absolute path.</param>
/// <param name="Sha256">The checksum of that file, in hexadecimal.</param>
public sealed record PluginSource(string Name, string Version, Guid Module, string File, string Sha256)
{
    /// <summary>"NAME SHA256" of every library that it brings, in order of names.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>How a program is started; null for an assembly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PluginCommand? Command { get; init; }

    /// <summary>Its code and that of its libraries in a word: SHA-256, in hexadecimal.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', [Sha256, .. Libraries, .. Command is null ? (IEnumerable<string>)[] : [Version]]))));
}

/// <summary>How a plug-in that is a program of its own is started, and waited for.</summary>
/// <param name="Words">The program and its arguments; files among them as absolute paths.</param>
/// <param name="Timeout">How long it may be silent when it is asked something, in seconds.</param>
public sealed record PluginCommand(IReadOnlyList<string> Words, double Timeout)
{
    /// <summary>The default of <see cref="Timeout"/>.</summary>
    public const double DefaultTimeout = 60;
}
