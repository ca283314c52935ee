using System.Globalization;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// Per cell: for two strategies, what each is paid by how many play it; for three, trajectories of the replicator equation on the triangle
/// of
/// mixtures; for more, shares over time. And alpha-rank.
/// </summary>
internal static class PopulationPlots
{
    /// <summary>Shares as close to 1 as this are all.</summary>
    private const double Whole = 1 - 1e-6;

    public static IEnumerable<FindingPlot> All(PopulationReport report) =>
        report.Blocks.SelectMany((block, index) => block.Analysis is not { } analysis
        ? []
        : Of(report.Design, block, analysis, report.Blocks.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{index + 1}")));

    private static IEnumerable<FindingPlot> Of(PopulationDesign design, PopulationBlock block, PopulationAnalysis analysis, string number)
    {
        var title = Sweep.Label(design.Swept, block.Cell);
        var before = title.Length > 0 ? $"{title}: " : "";
        yield return design.Strategies.Count switch
        {
            2 => new FindingPlot(
                $"payoffs{number}",
                $"{before}What each strategy is paid, by how many play the first one; the rest plays the other. The band is the 95 % "
                    + $"interval of the mean.",
                PayoffsByCount(design, block, title)),
            3 => new FindingPlot(
                $"replicator{number}",
                $"{before}The replicator equation: ways of mixtures from a grid of starts. Full circles are stable rest points, empty ones "
                    + $"are not.",
                Triangle(design, analysis, title)),
            _ => new FindingPlot(
                $"replicator{number}",
                $"{before}The replicator equation from the start that is closest to equal shares.",
                OverTime(design, analysis, title)),
        };
        yield return new FindingPlot(
            $"alpharank{number}",
            $"{before}Alpha-rank: the share of time that all clients play a strategy, by the intensity of selection.",
            Ranks(design, analysis, title));
    }

    /// <summary>A bar per strategy and intensity, the more intense the more colour.</summary>
    private static PlotPanel Ranks(PopulationDesign design, PopulationAnalysis analysis, string title) => new(
        title,
        new PlotAxis("share of time") { From = 0, To = 1.15, Ticks = [.. Enumerable.Range(0, 6).Select(fifth => fifth / 5.0)] },
        PlotAxis.None,
        [
            new BarSeries([.. design.Strategies.Select(
                (name, strategy) => new BarGroup(name, [.. analysis.Evolution.Select((evolution, index) => new PlotBar(
                "", Hue.Strategy(name), evolution.Rank[strategy], evolution.Rank[strategy], evolution.Rank[strategy],
                string.Create(CultureInfo.InvariantCulture, $"{evolution.Rank[strategy]:0.000} at {evolution.Intensity}"))
            {
                Strength = 0.35 + 0.65 * (index + 1) / analysis.Evolution.Count,
            })]))]),
        ])
    { Legend = LegendPlace.None };

    private static PlotPanel PayoffsByCount(PopulationDesign design, PopulationBlock block, string title)
    {
        var profiles = block.Profiles.OrderBy(profile => profile.Counts[0]).ToList();
        return new PlotPanel(
            title,
            new PlotAxis($"how many of {design.Clients} clients play {design.Strategies[0]}") { IsWhole = true },
            new PlotAxis("payoff", "money"),
            [.. design.Strategies.Select((name, strategy) => new LineSeries(
                name,
                Hue.Strategy(name),
                [.. profiles.Where(profile => profile.Counts[strategy] > 0)
                    .Select(profile => (profile.Counts[0], Y: profile.Payoff(strategy))).Select(point =>
                    new PlotPoint(
                        point.Item1, point.Y.Mean, point.Y.Mean - Interval.HalfWidth(point.Y),
                        point.Y.Mean + Interval.HalfWidth(point.Y)))])
            {
                Marker = 1 + strategy,
            })])
        {
            Legend = LegendPlace.Below,
        };
    }

    private static PlotPanel Triangle(PopulationDesign design, PopulationAnalysis analysis, string title) => new(
        title,
        PlotAxis.None,
        PlotAxis.None,
        [
            new TernarySeries(
                [.. design.Strategies],
                [.. analysis.Trajectories.Select(trajectory =>
                {
                    var (name, hue) = End(design, analysis, trajectory.End);
                    return new TernaryWay(name, hue, [.. trajectory.Way.Points.Select(point => (double[])[.. point.Mixture])]);
                })],
                [.. analysis.RestPoints.Select(rest => new TernaryPoint([.. rest.Mixture], rest.Stability == Stability.Stable))]),
        ]);

    /// <summary>What a way's end is called: where all play one strategy it has that one's colour.</summary>
    private static (string Name, Hue Hue) End(PopulationDesign design, PopulationAnalysis analysis, int? end)
    {
        if (end is not { } rest)
        {
            return ("ends nowhere", Hue.Ink);
        }

        var mixture = analysis.RestPoints[rest].Mixture;
        int all = mixture.IndexOf(mixture.Max()) is var most && mixture[most] >= Whole ? most : -1;
        var name = all >= 0
            ? $"ends in all {design.Strategies[all]}"
            : $"ends in {string.Join(" / ", mixture.Select(share => share.ToString("0.00", CultureInfo.InvariantCulture)))}";
        return (name, all >= 0 ? Hue.Strategy(design.Strategies[all]) : Hue.Of("rest point", name));
    }

    private static PlotPanel OverTime(PopulationDesign design, PopulationAnalysis analysis, string title)
    {
        double[] equal = [.. design.Strategies.Select(_ => 1.0 / design.Strategies.Count)];
        var way = analysis.Trajectories.MinBy(trajectory => RestPoints.Apart(trajectory.Way.Points[0].Mixture, equal)).Way;
        return new PlotPanel(
            title,
            new PlotAxis("time", "1 / (range of payoffs)"),
            new PlotAxis("share") { From = -.02, To = 1.02 },
            [.. design.Strategies.Select((name, strategy) => new LineSeries(
                name, Hue.Strategy(name), [.. way.Points.Select(point => new PlotPoint(point.Time, point.Mixture[strategy]))]))]);
    }
}
