using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Figures;

/// <summary>Figs. 4 and 5: the model, final and over rounds, where some clients report w + gamma (w_H - w).</summary>
internal sealed class MisreportFigure(string name, Outcome outcome) : IPaperFigure
{
    private const string Crowd = "misreporters";
    private const string Swept = "gamma";
    private const string Honest = "1";

    private readonly Claim _best = new(
        name, outcome.IsLoss ? "training loss is least where all report honestly" : "accuracy is highest where all report honestly",
        outcome.IsLoss
            ? "the training loss is minimized when all clients report their actual local model"
            : "When there exist clients report local model untruthfully, the training loss increases, and the model accuracy decreases");

    private readonly Claim _more = new(
        name, outcome.IsLoss ? "training loss is lower the more report honestly" : "accuracy is higher the more report honestly",
        "the more clients truthfully report local models, the lower the training loss");

    private readonly Claim _zero = new(
        name, "gamma = 0 gives a lower loss than gamma = 2, which has the same bound",
        "although the training loss bounds are the same when gamma_i = 0 and gamma_i = 1 [2 is meant], the training loss is lower when "
            + "gamma = 0");

    private readonly Claim _printed = new(
        name, "as printed: gamma = 0 gives a lower loss than gamma = 1",
        "although the training loss bounds are the same when gamma_i = 0 and gamma_i = 1, the training loss is lower when gamma = 0");

    private readonly TableSchema<OutcomeRow> _table = OutcomeTable.Schema(
        name, outcome, Crowd, "gamma", "gamma of the clients that deviate");

    public string Name => name;

    public TableSchema Table => _table;

    public IReadOnlyList<string> Columns { get; } = [OutcomeTable.Panel, Crowd, Swept];

    public FigureResult Present(FigureTables tables)
    {
        var table = OutcomeTable.Read(tables, outcome, Crowd, Swept);
        var title = $"Fig. {name[^1]}: {outcome.Title} against the report coefficient gamma";
        var axis = FigureCharts.Axis("report coefficient gamma of the misreporters", table.Values, isLogarithmic: false);
        var rounds = RoundCurves.Read(tables, outcome, [OutcomeTable.Panel, Crowd, Swept]);
        return new FigureResult(
            name,
            title,
            [.. table.Panels.SelectMany((panel, index) => (FindingPlot[])[
                new FindingPlot(
                    $"{name}-{index + 1}",
                    $"{panel}: the final model.",
                    FigureCharts.Lines($"Fig. {name[^1]}: {panel}", axis, outcome,
                        table.Lines(panel, count => $"{count} of 10 clients misreport"))),
                rounds.Plot(
                    $"{name}-{index + 1}-rounds",
                    $"Fig. {name[^1]}: {panel}, {table.Crowds[^1]} misreport",
                    $"{panel}: over rounds, {table.Crowds[^1]} of 10 clients misreport.",
                    [.. table.Values.Select(
                        gamma => ($"gamma = {OutcomeTable.Text(gamma)}", (string[])[panel, table.Crowds[^1], OutcomeTable.Text(gamma)]))]),
            ])],
            [table.Numbers(title, "gamma")],
            table.Data(_table),
            JudgedClaim.All(table.Panels.SelectMany(panel => Claims(table, panel))));
    }

    private IEnumerable<AskedClaim> Claims(OutcomeTable table, string panel)
    {
        string[] lies = [.. table.Values.Select(OutcomeTable.Text).Where(gamma => gamma != Honest)];
        foreach (var count in table.Crowds)
        {
            yield return AskedClaim.Of(
                _best with { Text = $"{_best.Text} ({count} misreport)" }, panel, lies.Select(gamma => new Comparison(
                $"gamma {gamma} against 1", outcome.HowMuchWorse(table.Samples, [panel, count, gamma], [panel, count, Honest]))));
        }

        yield return AskedClaim.Of(
            _more, panel, lies.SelectMany(gamma => table.Crowds.Zip(table.Crowds.Skip(1), (fewer, more) => new Comparison(
            $"gamma {gamma}, {more} against {fewer}", outcome.HowMuchWorse(table.Samples, [panel, more, gamma], [panel, fewer, gamma])))));
        if (outcome.IsLoss)
        {
            yield return Zero(_zero, table, panel, "2");
            yield return Zero(_printed, table, panel, Honest);
        }
    }

    private static AskedClaim Zero(Claim claim, OutcomeTable table, string panel, string gamma) =>
        AskedClaim.Of(claim, panel, table.Crowds.Select(count => new Comparison(
            $"{count} misreport", table.Samples.Difference([panel, count, gamma], [panel, count, "0"]))));
}
