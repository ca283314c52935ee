using System.Text.RegularExpressions;

namespace FLCrowd.Model.Data;

/// <summary>
/// SHA-256 checksums of the files of a folder, as the usual tools write them: <c>sha256sum</c> (also of binary files, <c>./*</c>, and names
/// with escapes), <c>shasum --tag</c>, <c>openssl dgst</c>. What is no checksum, such as a comment or a signature, is passed over, as they
/// do.
/// </summary>
internal sealed partial class Checksums
{
    private readonly string _path;
    private readonly Dictionary<string, (string Sha256, int Line)> _sums = [];
    private readonly List<int> _others = [];

    private Checksums(string path) => _path = path;

    /// <exception cref="SettingException">The file is missing, or says two things of one file.</exception>
    public static Checksums Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new SettingException(path, "is missing; it must name the SHA-256 of each of the four files");
        }

        var sums = new Checksums(path);
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            sums.Take(line.Trim(), index + 1);
        }

        return sums;
    }

    /// <summary>The checksum of a file, in lower-case hexadecimal.</summary>
    /// <exception cref="SettingException">There is none.</exception>
    public string Of(string file) => _sums.TryGetValue(file, out var sum)
        ? sum.Sha256
        : throw new SettingException(_path, $"has no line for {file}"
            + (_others.Count > 0
                ? $", and line {_others[0]} is no SHA-256 as sha256sum writes it: 64 hexadecimal digits, two spaces, the name"
                : ""));

    private void Take(string text, int line)
    {
        if (text.Length == 0 || text.StartsWith('#'))
        {
            return;
        }

        var match = Tagged().IsMatch(text) ? Tagged().Match(text) : Coreutils().Match(text);
        if (!match.Success)
        {
            _others.Add(line);
            return;
        }

        var path = match.Groups["name"].Value;
        var name = (match.Groups["escaped"].Success ? Unescaped(path) : path).Split('/', '\\')[^1];
        var sum = match.Groups["sum"].Value.ToLowerInvariant();
        if (!_sums.TryAdd(name, (sum, line)) && _sums[name].Sha256 != sum)
        {
            throw new SettingException(
                _path, $"says two things of {name}: line {_sums[name].Line} has {_sums[name].Sha256}, line {line} has {sum}");
        }
    }

    /// <summary>A line that begins with a backslash has a name in which backslashes and line breaks are escaped.</summary>
    private static string Unescaped(string name) => Escape().Replace(name, escape => escape.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        var other => $"{other}",
    });

    [GeneratedRegex(@"\A(?<escaped>\\)?(?<sum>[0-9a-fA-F]{64})\s+\*?(?<name>.+)\z")]
    private static partial Regex Coreutils();

    [GeneratedRegex(@"\A(?<escaped>\\)?SHA(2-)?256 ?\((?<name>.+)\) ?= ?(?<sum>[0-9a-fA-F]{64})\z")]
    private static partial Regex Tagged();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
