using System.Security.Cryptography;
using System.Text;

namespace FLCrowd.Host.Rendering;

/// <summary>What every report carries: how it looks, and the scripts that make charts of its pictures.</summary>
internal static class PageParts
{
    /// <summary>Files of the folder Script: what is used first comes first. The page's own, which begins, follows.</summary>
    private static readonly string[] Charts =
        ["common.js", "tables.js", "axes.js", "marks.js", "lines.js", "rows.js", "field.js", "triangle.js", "charts.js"];

    /// <summary>uPlot with its licence, and what uses it. Nothing in them ends a script.</summary>
    public static IReadOnlyList<string> Scripts { get; } =
    [
        $"/*!\n{Read("uPlot-LICENSE")}\n*/\n{Read("uPlot.iife.min.js")}",
        WithCharts("page.js"),
    ];

    /// <summary>Fonts first.</summary>
    public static string Style { get; } = PlotFont.StyleSheet + "\n" + Read("uPlot.min.css") + "\n" + Read("report.css");

    /// <summary>What a browser may do with the page: run these scripts and no others, and load nothing.</summary>
    public static string Policy { get; } = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        + $"script-src {string.Join(' ', Scripts.Select(Hash))}";

    /// <summary>One script of a page: what makes charts, tables and themes, and then the page's own files.</summary>
    public static string WithCharts(params string[] files) =>
        $"(() => {{\n\"use strict\";\n{string.Join('\n', Charts.Concat(files).Select(Read).SelectMany(Code))}\n}})();";

    /// <summary>Lines without what only who reads the files needs: room at the left, and comments.</summary>
    private static IEnumerable<string> Code(string script) => script.Split('\n').Select(line => line.Trim())
        .Where(line => line.Length > 0 && !((string[])["//", "/**"]).Any(sign => line.StartsWith(sign, StringComparison.Ordinal)));

    private static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    /// <summary>A file that comes with the program.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageParts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    }
}
