using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Games;

/// <summary>A row of expected.csv.</summary>
/// <param name="Episode">The episode's number within the run.</param>
/// <param name="Client">The client.</param>
/// <param name="Loss">E f(w_T), the same for all clients of an episode.</param>
/// <param name="Payoff">The client's expected payoff, in money.</param>
/// <param name="Reward">What it is expected to be paid, in money.</param>
internal readonly record struct ExpectedRow(int Episode, int Client, double Loss, double Payoff, double Reward);

/// <summary>
/// expected.csv: what the actions that were played lead to in expectation, over batches and noise, where that has a closed form.
/// </summary>
internal static class ExpectedTable
{
    private static readonly Column<int, ExpectedRow> Episode =
        Column.Whole<ExpectedRow>("episode", "as in episodes.csv", row => row.Episode);

    private static readonly Column<int, ExpectedRow> Client = Column.Whole<ExpectedRow>("client", "as in clients.csv", row => row.Client);

    private static readonly Column<double, ExpectedRow> Loss = Column.Number<ExpectedRow>(
        "expected_loss", "", "E f(w_T) for the actions that the clients of the episode played", row => row.Loss);

    private static readonly Column<double, ExpectedRow> Payoff = Column.Number<ExpectedRow>(
        "expected_payoff", "money", "the client's payoff where f(w_T) is that", row => row.Payoff);

    private static readonly Column<double, ExpectedRow> Reward = Column.Number<ExpectedRow>(
        "expected_reward", "money", "the client's reward likewise", row => row.Reward);

    public static readonly TableSchema<ExpectedRow> Schema = new(
        "expected.csv", "one row per episode and client, where expected payoffs have a closed form", Episode, Client, Loss, Payoff, Reward);

    /// <summary>Writes it, where there is anything in it.</summary>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string directory, IReadOnlyCollection<ExpectedRow> rows)
    {
        if (rows.Count > 0)
        {
            CsvFile.Write(directory, Schema, RunColumns.None, rows);
        }
    }

    /// <summary>Its rows; none where the run has none.</summary>
    /// <exception cref="SettingException">It is not what a run writes.</exception>
    public static IEnumerable<ExpectedRow> Read(string directory) => File.Exists(Path.Combine(directory, Schema.File))
        ? CsvRows.Of(directory, Schema).Select(row => new ExpectedRow(row[Episode], row[Client], row[Loss], row[Payoff], row[Reward]))
        : [];

    /// <summary>Of each episode: E f(w_T), and what the server is expected to pay in all, in money.</summary>
    /// <exception cref="SettingException">It is not what a run writes.</exception>
    public static IReadOnlyDictionary<int, (double Loss, double Reward)> ByEpisode(string directory) => Read(directory)
        .GroupBy(row => row.Episode)
        .ToDictionary(rows => rows.Key, rows => (rows.First().Loss, rows.Sum(row => row.Reward)));
}
