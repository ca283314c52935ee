using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Preparation;

/// <summary>holdings.csv: who holds how many samples of which class, where the experiment asks for it.</summary>
internal static class HoldingsTable
{
    public static readonly Column<int, HoldingsRow> Game = Column.Whole<HoldingsRow>(
        "game", "as in episodes.csv; of games with the same data, clients and weights, the first", row => row.Game);

    public static readonly Column<int, HoldingsRow> Client = Column.Whole<HoldingsRow>("client", "as in clients.csv", row => row.Client);

    public static readonly Column<double, HoldingsRow> Weight =
        Column.Number<HoldingsRow>("weight", "", "p_i, its aggregation weight", row => row.Weight);

    public static readonly Column<int, HoldingsRow> Samples =
        Column.Whole<HoldingsRow>("samples", "n_i, all that it holds", row => row.Samples);

    public static readonly Column<int, HoldingsRow> Class = Column.Whole<HoldingsRow>("class", "the true class, from 0", row => row.Class);

    public static readonly Column<int, HoldingsRow> Held =
        Column.Whole<HoldingsRow>("held", "how many of its samples are of that class", row => row.Held);

    public static readonly TableSchema<HoldingsRow> Schema = new(
        "holdings.csv", "one row per game, client and class, where experiment.holdings is on", Game, Client, Weight, Samples, Class, Held);

    /// <param name="directory">The run's folder.</param>
    /// <param name="plan">The games.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public static void Write(string directory, ExperimentPlan plan, PluginCatalog catalog)
    {
        var failed = plan.Failed.Select(game => game.Game).ToHashSet();
        var deals = plan.Games.Where(game => !failed.Contains(game.Game)).DistinctBy(Deal);
        CsvFile.Write(directory, Schema, RunColumns.None, deals.SelectMany(game => Rows(game, catalog)));
    }

    /// <summary>What games that share it hold alike.</summary>
    private static string Deal(GameDefinition game) =>
        $"{game.Seed}|{game.Learning.DataSet}|{game.Learning.Partition}|{string.Join(',', new Crowd(game.Crowd).Weights)}";

    private static IEnumerable<HoldingsRow> Rows(GameDefinition game, PluginCatalog catalog)
    {
        using var parts = GameParts.Of(game, catalog);
        foreach (var profile in parts.Profiles)
        {
            var counts = parts.ClassesOf(profile.Client) ?? [];
            for (int label = 0; label < counts.Length; label++)
            {
                yield return new HoldingsRow(game.Game, profile.Client, profile.Weight, profile.SampleCount, label, counts[label]);
            }
        }
    }
}

/// <summary>What a client holds of one class.</summary>
internal readonly record struct HoldingsRow(int Game, int Client, double Weight, int Samples, int Class, int Held);
