using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Host.Rendering;

/// <summary>Writes what people look at in a run's folder: the report, and its plots.</summary>
internal static class ReportFiles
{
    private const string Template = "report.liquid";
    private const string BlocksTemplate = "blocks.liquid";

    /// <summary>Letters and signs of all languages are themselves; what means something in HTML does not.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly TemplateOptions Options = new() { MemberAccessStrategy = UnsafeMemberAccessStrategy.Instance };

    private static readonly Lazy<IFluidTemplate> Parsed = new(() => Parse(Template, Read(Template).Replace(
        "{%- comment -%}blocks.liquid{%- endcomment %}", Read(BlocksTemplate), StringComparison.Ordinal)));

    private static readonly Lazy<IFluidTemplate> ParsedBlocks = new(() => Parse(BlocksTemplate, Read(BlocksTemplate)));

    /// <param name="directory">The run's folder.</param>
    /// <param name="record">What it says of the run.</param>
    /// <param name="findings">What the run found.</param>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static void Write(RunDirectory directory, RunRecord record, Findings findings)
    {
        var drawn = PlotFiles.Draw(findings, directory.PathOf(RunDirectory.PlotsFolder));
        Disk.WriteText(directory.PathOf(RunDirectory.ReportFile), Html(ReportPage.Of(record, findings, drawn)));
    }

    /// <summary>The page.</summary>
    public static string Html(ReportPage page) => Parsed.Value.Render(new TemplateContext(Options).SetValue("page", page), Encoder);

    /// <summary>What was found as a part of another page; of plots that scripts make charts of there is no picture.</summary>
    public static string Blocks(RunRecord record, Findings findings) => ParsedBlocks.Value.Render(
        new TemplateContext(Options).SetValue(
            "page", new { Blocks = ReportPage.BlocksOf(record, findings, PlotFiles.WithoutPictures(findings)) }),
        Encoder);

    private static IFluidTemplate Parse(string name, string text) => new FluidParser().TryParse(text, out var template, out var error)
        ? template
        : throw new InvalidOperationException($"{name}: {error}");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
