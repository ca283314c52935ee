using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>
/// Fig. 6: the payoff of one client, whose strategy is <c>fixed</c>, against its batch size, for some efforts and reports, while all
/// others do as they are asked: by the surrogate that pay is made from, and as measured.
/// </summary>
internal sealed class ClientPayoffFigure : IPaperFigure
{
    private const string Untruthful = "a client's payoff, when she makes data labeling and computation effort as the server desired and "
        + "reports actual local model, is always higher than that when her behavior is untruthful";

    private static readonly Claim Batch = new("fig6", "honest in all else, D_1 = D' pays most", Untruthful);
    private static readonly Claim Labels = new("fig6", "shirking labels pays less, whatever D_1", Untruthful);
    private static readonly Claim Reports = new("fig6", "misreporting pays less, whatever D_1", Untruthful);
    private static readonly Claim Rational = new("fig6", "a truthful client's payoff is positive (u_hat: not below 0)",
        "the client's payoff is positive when she behaves truthfully");

    public string Name => "fig6";

    public TableSchema Table => ClientPayoffs.Schema;

    public IReadOnlyList<string> Columns { get; } = [OutcomeTable.Panel];

    public FigureResult Present(FigureTables tables)
    {
        var played = ClientPayoffs.Read(tables);
        return new FigureResult(
            Name,
            "Fig. 6: payoff of client 1 against its mini-batch size D_1",
            [.. played.Panels.SelectMany((panel, index) => ClientPayoffs.Bases.Select((basis, side) => new FindingPlot(
                $"fig6-{index + 1}-{(side == 0 ? "u-hat" : "measured")}",
                $"{panel}, {basis}: payoff of client 1 less what it gets by doing as asked (e = 1, D' = {played.Asked}, gamma = 1), which "
                    + $"is {Level(played.Truthful(panel, basis))}. Above 0 a deviation pays.",
                Panel(played, panel, basis))))],
            [played.Levels("Fig. 6: payoff of client 1 when it does as it is asked, in money"),
                played.Gains("Fig. 6: gain over that, by D_1 and action")],
            played.Data(),
            JudgedClaim.All(played.Panels.SelectMany(panel => ClientPayoffs.Bases.SelectMany(basis => Claims(played, panel, basis)))))
        { MeansOver = FigureResult.Draws };
    }

    /// <summary>A payoff, and what its ± is.</summary>
    private static string Level(Moments payoff)
    {
        var cell = MeanCell.WithInterval(payoff, FigureResult.Draws);
        return cell.Text(ClientPayoffs.Thousands) + (cell.HasSpread ? $" (± is {cell.Is.Text})" : "");
    }

    private static PlotPanel Panel(ClientPayoffs played, string panel, string basis)
    {
        var axis = FigureCharts.Axis($"mini-batch size D_1 of client 1 (asked for: {played.Asked})", played.Sizes, isLogarithmic: true);
        var lines = played.Actions.Select(action => new ChartLine(action.ToString(), [.. played.Sizes.Select(size =>
            played.Gain(panel, basis, action, size) is { Length: > 0 } gains ? Moments.Of(gains)
                : new Moments(0, double.NaN, double.NaN))]));
        return FigureCharts.Lines(
            $"Fig. 6: {panel}\n{basis}", axis,
            new PlotAxis("gain over doing as asked", "money") { Scale = AxisScale.SymmetricLog, MarksZero = true }, [.. lines]);
    }

    private static IEnumerable<AskedClaim> Claims(ClientPayoffs played, string panel, string basis)
    {
        var where = $"{panel}: {basis}";
        yield return Ask(Batch, action => action is { Effort: 1, Gamma: 1 });
        yield return Ask(Labels, action => action.Effort < 1);
        yield return Ask(Reports, action => action.Gamma != 1);
        yield return AskedClaim.Of(Rational, where, new Comparison(
            "payoff", played.TruthfulPayoffs(panel, basis), OrEqual: basis == ClientPayoffs.Bases[0]));

        AskedClaim Ask(Claim claim, Func<HiddenAction, bool> deviates) => AskedClaim.Of(claim, where,
            from action in played.Actions
            where deviates(action)
            from size in played.Sizes
            where size != played.Asked || action is not { Effort: 1, Gamma: 1 }
            select new Comparison($"{action}, D {size}", [.. played.Gain(panel, basis, action, size).Select(gain => -gain)]));
    }
}
