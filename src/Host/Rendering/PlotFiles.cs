using System.Text;
using System.Text.RegularExpressions;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Results;
using ScottPlot;
using SkiaSharp;

namespace FLCrowd.Host.Rendering;

/// <summary>Draws plots, and writes them as SVG and PNG.</summary>
internal static partial class PlotFiles
{
    private const int Width = 880;
    private const int HalfWidth = 640;

    /// <summary>Pixels of a PNG per unit of a plot: sharp in print.</summary>
    private const int PngScale = 2;

    /// <summary>Draws all plots of a run, and writes those that are its own.</summary>
    /// <returns>By plot, the SVG with its font in it, and what a chart is made of.</returns>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public static IReadOnlyDictionary<FindingPlot, DrawnPlot> Draw(Findings findings, string folder)
    {
        if (findings.Plots.Any(plot => plot.Part is null))
        {
            Disk.CreateFolder(folder);
        }

        return Each(findings, (plot, colours) =>
            new DrawnPlot(Draw(plot, colours, plot.Part is null ? folder : null), ChartData.Of(plot, colours)));
    }

    /// <summary>What charts of all plots are made of; only of what there is no chart of, the picture.</summary>
    public static IReadOnlyDictionary<FindingPlot, DrawnPlot> WithoutPictures(Findings findings) => Each(
        findings, (plot, colours) => ChartData.Of(plot, colours) is { } chart
            ? new DrawnPlot("", chart) : new DrawnPlot(Draw(plot, colours, null), null));

    private static Dictionary<FindingPlot, DrawnPlot> Each(Findings findings, Func<FindingPlot, ReportColours, DrawnPlot> draw)
    {
        // The parts of a collection are reports of their own, as far as colours go.
        var colours = new Dictionary<string, ReportColours>();
        var drawn = new Dictionary<FindingPlot, DrawnPlot>(ReferenceEqualityComparer.Instance);
        foreach (var plot in findings.Plots)
        {
            if (!colours.TryGetValue(plot.Part ?? "", out var own))
            {
                colours[plot.Part ?? ""] = own = new ReportColours();
            }

            drawn[plot] = draw(plot, own);
        }

        return drawn;
    }

    private static string Draw(FindingPlot plot, ReportColours colours, string? folder)
    {
        var panels = plot.Panels.Count == 1 ? [PlotDrawing.Draw(plot.Panels[0], colours)] : PlotDrawing.Stack(plot.Panels, colours);
        int width = plot.IsHalf ? HalfWidth : Width, height = PlotDrawing.HeightOf(plot);
        var svg = WithFont(WithOwnNames(panels.Count == 1 ? panels[0].GetSvgXml(width, height) : StackedSvg(panels, width, height)));
        if (folder is not null)
        {
            Disk.WriteText(Path.Combine(folder, $"{plot.Name}.svg"), svg);
            byte[] png = panels.Count == 1 ? Png(panels[0], width, height) : StackedPng(panels, width, height);
            Disk.Write(Path.Combine(folder, $"{plot.Name}.png"), file => file.Write(png));
        }

        return svg;
    }

    private static byte[] Png(Plot plot, int width, int height)
    {
        plot.ScaleFactor = PngScale;
        return plot.GetImageBytes(width * PngScale, height * PngScale, ImageFormat.Png);
    }

    private static string StackedSvg(IReadOnlyList<Plot> panels, int width, int height)
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            Stack(panels, canvas, width, height);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] StackedPng(IReadOnlyList<Plot> panels, int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width * PngScale, height * PngScale));
        surface.Canvas.Scale(PngScale);
        Stack(panels, surface.Canvas, width, height);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Panels one below the other.</summary>
    private static void Stack(IReadOnlyList<Plot> panels, SKCanvas canvas, int width, int height)
    {
        int each = height / panels.Count;
        for (int panel = 0; panel < panels.Count; panel++)
        {
            // It would clear the panels above, too.
            panels[panel].RenderManager.ClearCanvasBeforeEachRender = false;
            panels[panel].Render(canvas, new PixelRect(0, width, (panel + 1) * each, panel * each));
        }
    }

    /// <summary>Names of clip paths count through the whole process; here they count from 0, so that a plot that is drawn again is the
    /// same.</summary>
    private static string WithOwnNames(string svg)
    {
        var names = new Dictionary<string, string>();
        return ClipName().Replace(
            svg, match => names.TryGetValue(match.Value, out var name) ? name : names[match.Value] = $"clip{names.Count}");
    }

    [GeneratedRegex("(?<=\\bid=\"|url\\(#)cl_[0-9a-f]+")]
    private static partial Regex ClipName();

    /// <summary>Puts the font's style sheet behind the opening tag.</summary>
    private static string WithFont(string svg)
    {
        int root = svg.IndexOf("<svg", StringComparison.Ordinal);
        int end = svg.IndexOf('>', root) + 1;
        return $"{svg[..end]}<style>{PlotFont.StyleSheet}</style>{svg[end..]}";
    }
}
