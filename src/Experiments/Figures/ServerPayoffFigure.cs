using System.Globalization;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>
/// Fig. 7: the server's payoff where every client computes with the optimal batch size, with the mean of these, or with 100 samples.
/// </summary>
internal sealed class ServerPayoffFigure : IPaperFigure
{
    private static readonly Claim Best = new("fig7", "D* pays the server most",
        "the server's payoff is maximized when clients make the server's optimal computation effort");

    private static readonly Claim Uniform = new("fig7", "D* beats equal batches of the same total",
        "When clients do not make the optimal computation effort, the server's payoff is lower even if the total computation effort of "
            + "clients is the same");

    private static readonly Claim Large = new(
        "fig7", "D = 100 pays the server least", "among three cases, this case results in the lowest server's payoff");

    private static readonly Claim Cost = new("fig7", "equal batches cost more than D* of the same total",
        "the computation effort allocation does not care about clients' heterogeneous computation cost and thus causes higher computation "
            + "costs");

    public string Name => "fig7";

    public TableSchema Table => ServerPayoffs.Schema;

    public IReadOnlyList<string> Columns { get; } = [OutcomeTable.Panel, ServerPayoffs.Axis];

    public FigureResult Present(FigureTables tables)
    {
        var payoffs = ServerPayoffs.Read(tables);
        return new FigureResult(
            Name,
            "Fig. 7: the server's payoff for three assignments of mini-batch sizes",
            [.. payoffs.Panels.SelectMany((panel, index) => ServerPayoffs.Drawn.Select((basis, side) => new FindingPlot(
                $"fig7-{index + 1}-{(side == 0 ? "surrogate" : "measured")}",
                $"{panel}, {ServerPayoffs.Explain(basis)}",
                Panel(payoffs, panel, basis))))],
            [payoffs.Numbers("Fig. 7: what the server gets")],
            payoffs.Data(),
            JudgedClaim.All(payoffs.Panels.SelectMany(panel => Claims(payoffs, panel))))
        { MeansOver = FigureResult.Draws };
    }

    private static PlotPanel Panel(ServerPayoffs payoffs, string panel, string basis) => new(
        $"Fig. 7: {panel}\n{basis}",
        new PlotAxis(basis == ServerPayoffs.Drawn[0] ? "server's payoff, the part that D changes" : "server's payoff",
            "money")
        { MarksZero = true },
        PlotAxis.None,
        [new BarSeries([.. payoffs.Assignments.Select(
            assignment => new BarGroup(assignment, [Bar(assignment, payoffs.At(panel, basis, assignment))]))])])
    {
        Legend = LegendPlace.None,
    };

    private static PlotBar Bar(string assignment, Moments value)
    {
        double mean = double.IsNaN(value.Mean) ? 0 : value.Mean, half = Interval.HalfWidth(value);
        return new PlotBar(
            "", Hue.Of("assignment", assignment), mean, mean - half, mean + half,
            value.Mean.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<AskedClaim> Claims(ServerPayoffs payoffs, string panel)
    {
        foreach (var basis in ServerPayoffs.Judged)
        {
            var where = $"{panel}: {basis}";
            yield return AskedClaim.Of(
                Best, where, More(basis, ServerPayoffs.Optimal, ServerPayoffs.Uniform),
                More(basis, ServerPayoffs.Optimal, ServerPayoffs.Large));
            yield return AskedClaim.Of(Uniform, where, More(basis, ServerPayoffs.Optimal, ServerPayoffs.Uniform));
            yield return AskedClaim.Of(
                Large, where, More(basis, ServerPayoffs.Optimal, ServerPayoffs.Large),
                More(basis, ServerPayoffs.Uniform, ServerPayoffs.Large));
        }

        yield return AskedClaim.Of(Cost, panel, More(ServerPayoffs.Cost, ServerPayoffs.Uniform, ServerPayoffs.Optimal));

        Comparison More(string quantity, string first, string second) =>
            new($"{first} against {second}", payoffs.Samples.Difference([panel, quantity, first], [panel, quantity, second]));
    }
}
