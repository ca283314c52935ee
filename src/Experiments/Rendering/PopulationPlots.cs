using System.Globalization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Sweeps;
using ScottPlot;
using ScottPlot.TickGenerators;
using PlotStyle = FLCrowd.Experiments.Rendering.PlotStyle;

namespace FLCrowd.Experiments.Rendering;

/// <summary>
/// Per cell: for two strategies, what each is paid by how many play it; for three, trajectories of the replicator equation on the triangle of
/// mixtures; for more, shares over time. And alpha-rank.
/// </summary>
internal static class PopulationPlots
{
    public static IEnumerable<FigurePlot> All(PopulationReport report) => report.Blocks.SelectMany((block, index) => block.Analysis is not { } analysis
        ? []
        : Of(report.Design, block, analysis, report.Blocks.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{index + 1}")));

    private static IEnumerable<FigurePlot> Of(PopulationDesign design, PopulationBlock block, PopulationAnalysis analysis, string number)
    {
        var title = Sweep.Label(design.Swept, block.Cell);
        var before = title.Length > 0 ? $"{title}: " : "";
        var way = design.Strategies.Count switch
        {
            2 => new FigurePlot(
                $"payoffs{number}", $"{before}What each strategy is paid, by how many play the first one; the rest plays the other. The band is the 95 % interval of the mean.",
                PayoffsByCount(design, block, title)),
            3 => new FigurePlot(
                $"replicator{number}", $"{before}The replicator equation: ways of mixtures from a grid of starts. Full circles are stable rest points, empty ones are not.",
                Triangle(design, analysis, title)),
            _ => new FigurePlot(
                $"replicator{number}", $"{before}The replicator equation from the start that is closest to equal shares.", OverTime(design, analysis, title)),
        };
        yield return way;
        yield return new FigurePlot(
            $"alpharank{number}",
            $"{before}Alpha-rank: the share of time that all clients play a strategy, by the intensity of selection.",
            Ranks(design, analysis, title));
    }

    /// <summary>A bar per strategy and intensity, the more intense the more colour.</summary>
    private static Plot Ranks(PopulationDesign design, PopulationAnalysis analysis, string title)
    {
        var plot = PlotStyle.Create(title, "share of time", "");
        int intensities = analysis.Evolution.Count;
        double height = 0.8 / intensities;
        var bars = plot.Add.Bars(design.Strategies.SelectMany((_, strategy) => analysis.Evolution.Select((evolution, index) => new Bar
        {
            Position = -strategy + 0.4 - (index + 0.5) * height,
            Value = evolution.Rank[strategy],
            Size = 0.9 * height,
            FillColor = PlotStyle.Colour(strategy).WithAlpha(0.35 + 0.65 * (index + 1) / intensities),
            LineWidth = 0,
            Orientation = Orientation.Horizontal,
            Label = string.Create(CultureInfo.InvariantCulture, $"{evolution.Rank[strategy]:0.000} at {evolution.Intensity}"),
        })).ToList());
        bars.Horizontal = true;
        bars.ValueLabelStyle.FontSize = 13;
        plot.Axes.Left.TickGenerator = new NumericManual([.. design.Strategies.Select((name, strategy) => new Tick(-strategy, name))]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, 6).Select(fifth => new Tick(fifth / 5.0, (fifth / 5.0).ToString("0.0", CultureInfo.InvariantCulture)))]);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0, 1.15, 0.4 - design.Strategies.Count, 0.6);
        plot.HideLegend();
        return plot;
    }

    private static Plot PayoffsByCount(PopulationDesign design, PopulationBlock block, string title)
    {
        var profiles = block.Profiles.OrderBy(profile => profile.Counts[0]).ToList();
        var plot = LineChart.Create(
            title,
            new SweptAxis($"how many of {design.Clients} clients play {design.Strategies[0]}", [.. profiles.Select(profile => (double)profile.Counts[0])], IsLogarithmic: false),
            [.. design.Strategies.Select((name, strategy) => new ChartLine(name, [.. profiles.Select(profile =>
                profile.Counts[strategy] > 0 ? profile.Payoff(strategy) : new Moments(0, double.NaN, double.NaN))]))],
            value => value);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.YLabel("payoff (money)");
        return plot;
    }

    private static Plot Triangle(PopulationDesign design, PopulationAnalysis analysis, string title)
    {
        var plot = PlotStyle.Create(title, "", "");
        plot.HideGrid();
        plot.Axes.Left.IsVisible = plot.Axes.Bottom.IsVisible = false;
        var border = plot.Add.Polygon(((double[][])[[1, 0, 0], [0, 1, 0], [0, 0, 1]]).Select(At).ToArray());
        border.FillColor = Colors.Transparent;
        border.LineColor = Color.FromHex("#999999");
        foreach (var (way, end) in analysis.Trajectories)
        {
            var colour = PlotStyle.Colour(end is { } rest ? rest : 6).WithAlpha(.75);
            var points = way.Points.Select(point => At(point.Mixture)).ToArray();
            var line = plot.Add.Scatter(points, colour);
            line.LineWidth = 1.2f;
            line.MarkerShape = MarkerShape.None;
            AddArrow(plot, points, colour);
        }

        foreach (var rest in analysis.RestPoints)
        {
            var marker = plot.Add.Marker(At(rest.Mixture), rest.Stability == Stability.Stable ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, 11, Color.FromHex("#333333"));
            marker.MarkerStyle.LineWidth = 2;
            marker.MarkerStyle.FillColor = rest.Stability == Stability.Stable ? Color.FromHex("#333333") : Colors.White;
        }

        foreach (var (strategy, alignment, up) in ((int, Alignment, double)[])[(0, Alignment.UpperCenter, -.035), (1, Alignment.UpperCenter, -.035), (2, Alignment.LowerCenter, .03)])
        {
            double[] corner = [0, 0, 0];
            corner[strategy] = 1;
            var text = plot.Add.Text(design.Strategies[strategy], At(corner).X, At(corner).Y + up);
            text.LabelFontName = PlotFont.Name;
            text.LabelFontSize = 15;
            text.LabelAlignment = alignment;
        }

        plot.Axes.SetLimits(-.3, 1.3, -.1, .96);
        plot.Axes.SquareUnits();
        plot.HideLegend();
        return plot;
    }

    /// <summary>Where the way has gone a third of its length.</summary>
    private static void AddArrow(Plot plot, Coordinates[] points, Color colour)
    {
        double length = 0, whole = points.Zip(points.Skip(1), (from, to) => from.Distance(to)).Sum();
        for (int index = 1; index < points.Length && whole > .03; index++)
        {
            length += points[index - 1].Distance(points[index]);
            if (length >= whole / 3)
            {
                double turn = Math.Atan2(points[index].Y - points[index - 1].Y, points[index].X - points[index - 1].X);
                var head = plot.Add.Polygon(((double[])[0, 2.7, -2.7]).Select(by => by == 0
                    ? points[index]
                    : new Coordinates(points[index].X + .018 * Math.Cos(turn + by), points[index].Y + .018 * Math.Sin(turn + by))).ToArray());
                head.FillColor = colour;
                head.LineColor = colour;
                return;
            }
        }
    }

    /// <summary>The first strategy is the left corner, the second one the right, the third one the upper.</summary>
    private static Coordinates At(IReadOnlyList<double> mixture) => new(mixture[1] + mixture[2] / 2, mixture[2] * Math.Sqrt(3) / 2);

    private static Plot OverTime(PopulationDesign design, PopulationAnalysis analysis, string title)
    {
        double[] equal = [.. design.Strategies.Select(_ => 1.0 / design.Strategies.Count)];
        var way = analysis.Trajectories.MinBy(trajectory => RestPoints.Apart(trajectory.Way.Points[0].Mixture, equal)).Way;
        var plot = PlotStyle.Create(title, "time (1 / (range of payoffs))", "share");
        for (int strategy = 0; strategy < design.Strategies.Count; strategy++)
        {
            var line = plot.Add.Scatter(
                way.Points.Select(point => point.Time).ToArray(), way.Points.Select(point => point.Mixture[strategy]).ToArray(), PlotStyle.Colour(strategy));
            line.LineWidth = 2;
            line.MarkerShape = MarkerShape.None;
            line.LegendText = design.Strategies[strategy];
        }

        plot.Axes.SetLimitsY(-.02, 1.02);
        plot.ShowLegend(Edge.Right);
        return plot;
    }
}
