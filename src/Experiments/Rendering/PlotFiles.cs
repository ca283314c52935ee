using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;
using ScottPlot;
using SkiaSharp;

namespace FLCrowd.Experiments.Rendering;

/// <summary>A plot on paper and in the report.</summary>
/// <param name="Name">The files' name without extension.</param>
/// <param name="Caption">What is to be seen.</param>
/// <param name="Svg">The plot as SVG with its font in it.</param>
internal sealed record DrawnPlot(string Name, string Caption, string Svg);

/// <summary>Draws all plots of a run.</summary>
internal static partial class PlotFiles
{
    private const int Width = 880;
    private const int PanelWidth = 640;
    private const int Height = 420;
    private const int StackedHeight = 300;

    /// <summary>Pixels of a PNG per unit of a plot: sharp in print.</summary>
    private const int PngScale = 2;

    public static IReadOnlyList<DrawnPlot> Draw(RunSummary summary, string folder)
    {
        Disk.CreateFolder(folder);
        const string Band = "Mean over seeds; the band is one standard error.";
        return [.. new[]
        {
            Save(folder, "training-loss", $"Loss on the clients' true labels, with regularisation. {Band}", Height,
                CurvePlot.Create(summary, "Training loss", "training loss", isLoss: true, point => point.TrainingLoss)),
            Save(folder, "test-loss", $"Loss on test data, the one that pay may be based on. {Band}", Height,
                CurvePlot.Create(summary, "Test loss", "test loss", isLoss: true, point => point.TestLoss)),
            Save(folder, "accuracy", $"Share of test data classified correctly, without the first part of its rise from chance. {Band}", Height,
                CurvePlot.Create(summary, "Test accuracy", "accuracy", isLoss: false, point => point.Accuracy)),
            Save(folder, "payoffs", "Mean over clients and seeds; the whisker is one standard error over seeds.", PayoffPlot.Height(summary),
                PayoffPlot.Create(summary)),
        }.OfType<DrawnPlot>()];
    }

    /// <summary>One plot per profile: regret, or regret-1 and so on where there are several.</summary>
    public static IReadOnlyList<DrawnPlot> Draw(RegretReport regret, string folder)
    {
        Disk.CreateFolder(folder);
        return [.. regret.Blocks.Select((block, index) => Save(
            folder,
            regret.Blocks.Count == 1 ? "regret" : string.Create(CultureInfo.InvariantCulture, $"regret-{index + 1}"),
            $"{(block.Block.Name.Length == 0 ? "" : $"{block.Block.Name}: ")}The best deviations of each client by mean gain, with intervals that hold for all deviations at once.",
            RegretPlot.Height(block),
            RegretPlot.Create(block))).OfType<DrawnPlot>()];
    }

    /// <summary>Dynamics over revisions, the most telling first, then the regret of where they ended.</summary>
    public static IReadOnlyList<DrawnPlot> Draw(DynamicsReport dynamics, string folder)
    {
        Disk.CreateFolder(folder);
        return [
            SaveStacked(
                folder, "dynamics", "What clients do to the labels, revision by revision (mean effort: 1 is to label, 0 is not to), and what the model becomes by it.",
                DynamicsPlot.Story(dynamics)),
            .. DrawAll(DynamicsPlot.All(dynamics), folder),
            .. dynamics.Regret is { } regret ? Draw(regret, folder) : []];
    }

    /// <summary>Draws plots, each as wide as the page.</summary>
    public static IReadOnlyList<DrawnPlot> DrawAll(IEnumerable<FigurePlot> plots, string folder)
    {
        Disk.CreateFolder(folder);
        return [.. plots.Select(plot => Save(folder, plot.Name, plot.Caption, Height, plot.Plot)).OfType<DrawnPlot>()];
    }

    /// <summary>Draws the plots of a figure: narrower, as two stand beside each other.</summary>
    public static IReadOnlyList<DrawnPlot> Draw(IReadOnlyList<FigurePlot> plots, string folder)
    {
        Disk.CreateFolder(folder);
        return [.. plots.Select(plot => Save(folder, plot.Name, plot.Caption, Height, plot.Plot, PanelWidth)).OfType<DrawnPlot>()];
    }

    private static DrawnPlot? Save(string folder, string name, string caption, int height, Plot? plot, int width = Width)
    {
        if (plot is null)
        {
            return null;
        }

        var svg = WithFont(WithOwnNames(plot.GetSvgXml(width, height)));
        Disk.WriteText(Path.Combine(folder, $"{name}.svg"), svg);
        plot.ScaleFactor = PngScale;
        byte[] png = plot.GetImageBytes(width * PngScale, height * PngScale, ImageFormat.Png);
        Disk.Write(Path.Combine(folder, $"{name}.png"), file => file.Write(png));
        return new DrawnPlot(name, caption, svg);
    }

    /// <summary>Panels one below the other.</summary>
    private static DrawnPlot SaveStacked(string folder, string name, string caption, IReadOnlyList<Plot> panels)
    {
        int height = StackedHeight * panels.Count;
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(Width, height), stream))
        {
            Draw(canvas);
        }

        var svg = WithFont(WithOwnNames(Encoding.UTF8.GetString(stream.ToArray())));
        Disk.WriteText(Path.Combine(folder, $"{name}.svg"), svg);

        using var surface = SKSurface.Create(new SKImageInfo(Width * PngScale, height * PngScale));
        surface.Canvas.Scale(PngScale);
        Draw(surface.Canvas);
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        Disk.Write(Path.Combine(folder, $"{name}.png"), png.SaveTo);
        return new DrawnPlot(name, caption, svg);

        void Draw(SKCanvas canvas)
        {
            for (int panel = 0; panel < panels.Count; panel++)
            {
                // It would clear the panels above, too.
                panels[panel].RenderManager.ClearCanvasBeforeEachRender = false;
                panels[panel].Render(canvas, new PixelRect(0, Width, (panel + 1) * StackedHeight, panel * StackedHeight));
            }
        }
    }

    /// <summary>Names of clip paths count through the whole process; here they count from 0, so that a plot that is drawn again is the same.</summary>
    private static string WithOwnNames(string svg)
    {
        var names = new Dictionary<string, string>();
        return ClipName().Replace(svg, match => names.TryGetValue(match.Value, out var name) ? name : names[match.Value] = $"clip{names.Count}");
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
