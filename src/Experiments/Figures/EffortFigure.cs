using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>Figs. 2 and 3: the final model against the mini-batch size D, with some clients that label without effort.</summary>
internal sealed class EffortFigure(string name, Outcome outcome) : IPaperFigure
{
    private const string Crowd = "shirkers";
    private const string Swept = "game.assignment";

    /// <summary>D of a client that does as the paper's server asks.</summary>
    private const double Asked = 50;

    private readonly Claim _batches = new(
        name, $"{Better(outcome)} as D grows",
        "the training loss decreases and the model accuracy increases as D_i increases");

    /// <summary>Added when the results at every step had been seen.</summary>
    private readonly Claim _range = new(
        name, $"{Better(outcome)} as D grows, from the least D to the largest",
        "the training loss decreases and the model accuracy increases as D_i increases")
    {
        Origin = ClaimOrigin.Found,
    };

    private readonly Claim _labels = new(
        name, $"{Worse(outcome)} when clients shirk labels",
        "when there exist clients who make no effort in data labeling, the training loss increases, and the model accuracy decreases");

    private readonly Claim _truth = new(
        name, "best where all label and compute with D' = 50, among all who do less",
        "when clients truthfully make efforts and report local models, the training loss is minimized and the model accuracy is maximized");

    private readonly TableSchema<OutcomeRow> _table = OutcomeTable.Schema(name, outcome, Crowd, "batch_size", "D, the mini-batch size");

    public string Name => name;

    public TableSchema Table => _table;

    public IReadOnlyList<string> Columns { get; } = [OutcomeTable.Panel, Crowd, Swept];

    public FigureResult Present(FigureTables tables)
    {
        var table = OutcomeTable.Read(tables, outcome, Crowd, Swept);
        var title = $"Fig. {name[^1]}: {outcome.Title} against the mini-batch size D";
        var axis = FigureCharts.Axis("mini-batch size D", table.Values, isLogarithmic: true);
        return new FigureResult(
            name,
            title,
            [.. table.Panels.Select((panel, index) => new FindingPlot(
                $"{name}-{index + 1}",
                $"{panel}.",
                FigureCharts.Lines($"Fig. {name[^1]}: {panel}", axis, outcome,
                    table.Lines(panel, shirkers => $"{shirkers} of 10 clients shirk labels"))))],
            [table.Numbers(title, "D")],
            table.Data(_table),
            JudgedClaim.All(table.Panels.SelectMany(panel => Claims(table, panel))));
    }

    private IEnumerable<AskedClaim> Claims(OutcomeTable table, string panel)
    {
        string[] sizes = [.. table.Values.Select(OutcomeTable.Text)];
        string none = table.Crowds[0];
        foreach (var shirkers in table.Crowds)
        {
            yield return AskedClaim.Of(
                _batches with { Text = $"{_batches.Text}, at every step ({shirkers} shirk)" }, panel,
                sizes.Zip(sizes.Skip(1), (less, more) => new Comparison(
                    $"D {less} to {more}", outcome.HowMuchWorse(table.Samples, [panel, shirkers, less], [panel, shirkers, more]))));
        }

        foreach (var shirkers in table.Crowds)
        {
            yield return AskedClaim.Of(
                _range with { Text = $"{_range.Text} ({shirkers} shirk)" }, panel, new Comparison(
                    $"D {sizes[0]} to {sizes[^1]}",
                    outcome.HowMuchWorse(table.Samples, [panel, shirkers, sizes[0]], [panel, shirkers, sizes[^1]])));
        }

        foreach (var shirkers in table.Crowds.Skip(1))
        {
            yield return AskedClaim.Of(
                _labels with { Text = $"{_labels.Text} ({shirkers} shirk)" }, panel, sizes.Select(size => new Comparison(
                    $"D {size}", outcome.HowMuchWorse(table.Samples, [panel, shirkers, size], [panel, none, size]))));
        }

        string asked = OutcomeTable.Text(Asked);
        yield return AskedClaim.Of(_truth, panel,
            from shirkers in table.Crowds
            from size in table.Values
            where size <= Asked && (size < Asked || shirkers != none)
            select new Comparison(
                $"{shirkers} shirk, D {OutcomeTable.Text(size)}",
                outcome.HowMuchWorse(table.Samples, [panel, shirkers, OutcomeTable.Text(size)], [panel, none, asked])));
    }

    private static string Better(Outcome outcome) => outcome.IsLoss ? "training loss falls" : "accuracy rises";

    private static string Worse(Outcome outcome) => outcome.IsLoss ? "training loss is higher" : "accuracy is lower";
}
