using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace FLCrowd.Experiments.Loading;

/// <summary>What is known of plug-ins that are written in Python.</summary>
internal static partial class Python
{
    /// <summary>The variable of the environment that names the interpreter.</summary>
    public const string Variable = "FLCROWD_PYTHON";

    /// <summary>What runs a file that ends in <c>.py</c>.</summary>
    public static string Interpreter => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named
        : OperatingSystem.IsWindows() ? "python" : "python3";

    /// <summary>Whether a file is a script.</summary>
    public static bool IsScript(string file) => file.EndsWith(".py", StringComparison.OrdinalIgnoreCase);

    /// <summary>The modules beside a script that it imports, directly or not, by name and file; none where it is no script. None of its
    /// code runs.</summary>
    public static IReadOnlyDictionary<string, string> Modules(string script)
    {
        if (!IsScript(script))
        {
            return new Dictionary<string, string>();
        }

        var folder = Path.GetDirectoryName(script)!;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<string>([script]);
        while (open.TryPop(out var file))
        {
            foreach (var module in Imported().Matches(File.ReadAllText(file)).SelectMany(Names))
            {
                foreach (var part in Files(folder, module).Where(part => part != script && found.TryAdd(Name(folder, part), part)))
                {
                    open.Push(part);
                }
            }
        }

        return found;
    }

    public static string Sha256(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>A module's file, or all of a package's.</summary>
    private static IEnumerable<string> Files(string folder, string module)
    {
        var (file, package) = (Path.Combine(folder, $"{module}.py"), Path.Combine(folder, module));
        return Directory.Exists(package)
            ? Directory.EnumerateFiles(package, "*.py", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : File.Exists(file) ? [file] : [];
    }

    private static string Name(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/').Replace(' ', '_');

    /// <summary>The first words of what an import names: <c>a</c> and <c>c</c> of <c>import a.b, c as d</c>.</summary>
    private static IEnumerable<string> Names(Match import) => import.Groups["from"] is { Success: true } from
        ? [from.Value]
        : import.Groups["import"].Value.Split(',').Select(name => name.Trim().Split('.', ' ')[0]);

    [GeneratedRegex(@"^[ \t]*(?:from[ \t]+(?<from>\w+)|import[ \t]+(?<import>[\w., \t]+))", RegexOptions.Multiline)]
    private static partial Regex Imported();
}
