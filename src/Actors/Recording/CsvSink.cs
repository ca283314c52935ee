using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Writes episodes.csv, rounds.csv and clients.csv, whole episodes at a time. Nothing in them depends on time or on nodes: two
/// runs of the same experiment are compared byte for byte.
/// </summary>
public sealed class CsvSink : IEpisodeSink
{
    private readonly List<CsvTable> _tables = [];
    private readonly CsvTable _episodes;
    private readonly CsvTable _rounds;
    private readonly CsvTable _clients;

    /// <summary>Begins the tables.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="sweptPaths">The names of the swept columns, in the order of <see cref="GameDefinition.Swept"/>.</param>
    /// <exception cref="DiskException">They cannot be written.</exception>
    public CsvSink(string directory, IEnumerable<string> sweptPaths)
    {
        _episodes = Open(directory, "episodes.csv", [
            "episode", "seed", "mechanism", "training_loss", "test_loss", "accuracy", "total_reward", "server_payoff", .. sweptPaths,
            "game",
            "paid_loss", "rent"]);
        _rounds = Open(directory, "rounds.csv", ["episode", "round", "training_loss", "test_loss", "accuracy"]);
        _clients = Open(directory, "clients.csv", [
            "episode", "client", "strategy", "assigned_effort", "assigned_batch_size", "effort", "batch_size", "gamma", "reward", "cost",
            "payoff", "u_hat", "failure"]);
    }

    /// <inheritdoc/>
    public void Write(RecordedEpisode episode)
    {
        try
        {
            Append(episode);
            _tables.ForEach(table => table.Flush());
            _tables.ForEach(table => table.Keep());
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _tables.ForEach(table => table.Dispose());

    private void Append(RecordedEpisode episode)
    {
        WriteEpisode(episode);
        foreach (var round in episode.Result.Rounds)
        {
            _rounds.Row([episode.Number, round.Round, .. Columns(round.Evaluation)]);
        }

        foreach (var client in episode.Clients)
        {
            WriteClient(episode.Number, client);
        }
    }

    private void WriteEpisode(RecordedEpisode episode) => _episodes.Row([
        episode.Number,
        episode.Game.Seed,
        episode.Game.Incentive.Mechanism.Name,
        .. Columns(episode.Result.Rounds[^1].Evaluation),
        episode.Result.TotalReward,
        episode.Result.ServerPayoff,
        .. episode.Game.Swept,
        episode.Game.Game,
        episode.Result.PaidLoss,
        episode.Rent,
    ]);

    private void WriteClient(int number, ClientOutcome client) => _clients.Row([
        number,
        client.Client,
        client.Strategy,
        client.AssignedEffort,
        client.AssignedBatchSize,
        client.Action?.Effort,
        client.Action?.BatchSize,
        client.Action?.Gamma,
        client.Reward,
        client.Cost,
        client.Reward - client.Cost,
        client.SurrogatePayoff,
        client.Failure,
    ]);

    /// <summary>
    /// Empty is what there is no number of: the accuracy of what does not classify, a loss of a model that diverged in between.
    /// </summary>
    private static object?[] Columns(Evaluation evaluation) =>
        [Number(evaluation.TrainingLoss), Number(evaluation.TestLoss), Number(evaluation.Accuracy)];

    private static double? Number(double value) => double.IsNaN(value) ? null : value;

    private CsvTable Open(string directory, string name, object?[] header)
    {
        try
        {
            var table = new CsvTable(Path.Combine(directory, name), header);
            _tables.Add(table);
            return table;
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Leaves the tables with the same episodes in all, and whole rows.</summary>
    private void Abandon()
    {
        _tables.ForEach(table => table.Abandon());
        _tables.Clear();
    }
}
