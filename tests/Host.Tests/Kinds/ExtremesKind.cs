using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Tests.Kinds;

/// <summary>
/// <c>kind = extremes</c>, a kind of experiment from outside the program: every cell is played in other draws, and what is told is the best
/// and the worst that the server got.
/// </summary>
internal sealed class ExtremesKind : IExperimentKind
{
    private const string Key = "extremes";

    private static readonly TableSchema<Extreme> Extremes = new(
        "extremes.csv", "one row per cell",
        SweptColumns.Of<Extreme>(row => row.Cell),
        Column.Number<Extreme>("worst", "money", "the least payoff of the server", row => row.Worst),
        Column.Number<Extreme>("best", "money", "its greatest payoff", row => row.Best));

    private static IReadOnlyList<Column> Play { get; } = [new Column("repeat", ColumnType.Whole, "which draw of the cell it is")];

    public string Name => Key;

    public string Summary => "The best and the worst that the server gets.";

    public IReadOnlyList<TableSchema> Tables => [Extremes];

    public IReadOnlyList<Column> PlayColumns => Play;

    public string Defaults => "flcrowd { experiment { extremes { repeats = 2 } } }";

    public IExperiment Read(Section section)
    {
        var own = section.Sub(Key);
        int repeats = own.Whole("repeats", 2);
        own.Done();
        return new Repeated(repeats);
    }

    public Findings Findings(RunDirectory run, RunRecord record)
    {
        var swept = record.Swept.SkipLast(Play.Count).ToList();
        var extremes = CsvRows.Of(run.Path, EpisodeTable.Schema)
            .Select(row => (Cell: swept.Select(row.Text).ToArray(), Payoff: row[EpisodeTable.ServerPayoff]))
            .ToList()
            .GroupBy(row => string.Join('/', row.Cell))
            .Select(rows => new Extreme(rows.First().Cell, rows.Min(row => row.Payoff), rows.Max(row => row.Payoff)))
            .ToList();
        CsvFile.Write(run.Path, Extremes, new RunColumns { Swept = RunColumns.Texts(swept) }, extremes);
        return new Findings([
            FindingTable.Of(
                "What the server may get",
                extremes,
                [
                    .. TableColumn<Extreme>.Swept(swept, row => row.Cell),
                    TableColumn<Extreme>.Number("worst", row => row.Worst, NumberFormat.Money, "least payoff", "money"),
                    TableColumn<Extreme>.Number("best", row => row.Best, NumberFormat.Money, "greatest payoff", "money"),
                ]),
            new FindingNote($"Of {run.Question<string>(record, "asked-of-extremes")} draws."),
        ]);
    }

    private sealed record Extreme(IReadOnlyList<string> Cell, double Worst, double Best);

    private sealed class Repeated(int repeats) : IExperiment
    {
        public IReadOnlyList<TableSchema> Tables => [Extremes];

        public RunColumns Columns => new() { Play = Play };

        public RunCourse Plan(PlanRequest request)
        {
            var games = request.Games.Games.SelectMany(game => Enumerable.Range(0, repeats).Select(repeat => game with
            {
                DrawSeed = new Seed(game.Seed).For(Key, repeat).Value,
                Swept = [.. game.Swept, repeat.ToString(CultureInfo.InvariantCulture)],
            })).Select((game, number) => game with { Game = number, FirstEpisode = number * game.Episodes });
            return new Course(
                repeats,
                new PlainCourse(
                    new ExperimentPlan(
                        request.Games.Name, [.. request.Games.SweptPaths, .. Play.Select(column => column.Name)], [.. games]),
                    [.. request.Tunings.SelectMany(tuning => Enumerable.Repeat(tuning, repeats))]));
        }
    }

    private sealed class Course(int repeats, PlainCourse games) : RunCourse(games.Plan, games.Tunings)
    {
        public override IReadOnlyDictionary<string, object> Question => new Dictionary<string, object>
        {
            ["asked-of-extremes"] = repeats.ToString(CultureInfo.InvariantCulture),
        };

        public override Task<FLCrowd.Actors.Experiments.ExperimentResult> PlayAsync(RunContext context) => games.PlayAsync(context);
    }
}
