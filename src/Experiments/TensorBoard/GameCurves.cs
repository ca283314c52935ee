using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.TensorBoard;

/// <summary>
/// The curves of a cell and a seed, episode after episode: by round, by episode, and by episode for each strategy. Where several games are
/// played of one cell and seed (draws, replicates, revisions), they follow each other.
/// </summary>
internal sealed class GameCurves
{
    private static readonly string[] OfClients =
        ["clients/effort", "clients/batch_factor", "clients/gamma", "clients/reward", "clients/cost", "clients/payoff"];

    private readonly CurveFamily _rounds = new("loss/training", "loss/test", "accuracy/test");

    private readonly CurveFamily _episodes = new(
        [
            "loss/training_by_episode", "loss/test_by_episode", "accuracy/test_by_episode", "accuracy/macro_f1_by_episode",
            "pay/total_reward", "pay/server_payoff", "pay/rent", .. OfClients,
        ]);

    private readonly Dictionary<string, CurveFamily> _strategies = [];
    private long _played;
    private int? _lastRound;

    /// <summary>Adds the next episode.</summary>
    /// <param name="episode">Its row in episodes.csv.</param>
    /// <param name="rounds">Those in rounds.csv.</param>
    /// <param name="clients">Those in clients.csv.</param>
    public void Add(TableRow episode, IEnumerable<TableRow> rounds, IEnumerable<TableRow> clients)
    {
        AddRounds(rounds);
        var all = new ClientMeans();
        var byStrategy = new Dictionary<string, ClientMeans>();
        foreach (var client in clients)
        {
            var strategy = client[ClientTable.Strategy];
            var own = byStrategy.TryGetValue(strategy, out var known) ? known : byStrategy[strategy] = new ClientMeans();
            all.Add(client);
            own.Add(client);
        }

        _episodes.Add(
            _played,
            [
                episode[EpisodeTable.TrainingLoss], episode[EpisodeTable.TestLoss], episode[EpisodeTable.Accuracy],
                episode.Wanted(EpisodeTable.MacroF1), episode[EpisodeTable.TotalReward], episode[EpisodeTable.ServerPayoff],
                episode[EpisodeTable.Rent], .. all.Values,
            ]);
        foreach (var (strategy, means) in byStrategy)
        {
            var family = _strategies.TryGetValue(strategy, out var known) ? known : _strategies[strategy] = new CurveFamily(OfClients);
            family.Add(_played, means.Values);
        }

        _played++;
    }

    /// <summary>Writes a folder for each family.</summary>
    /// <exception cref="DiskException">A file cannot be written.</exception>
    public void Write(string folder)
    {
        _rounds.Write(Path.Combine(folder, "rounds"));
        _episodes.Write(Path.Combine(folder, "episodes"));
        var names = new FolderNames();
        foreach (var (strategy, family) in _strategies)
        {
            family.Write(Path.Combine(folder, names.Of($"strategy-{strategy}")));
        }
    }

    /// <summary>An episode has one step more than rounds: it begins with the initial model.</summary>
    private void AddRounds(IEnumerable<TableRow> rounds)
    {
        var points = rounds.Select(row => (
            Round: row[RoundTable.Round], Training: row[RoundTable.TrainingLoss], Test: row[RoundTable.TestLoss],
            Accuracy: row[RoundTable.Accuracy])).ToList();
        if (points.Count == 0)
        {
            return;
        }

        // The last round is tested, whatever else is.
        _lastRound ??= points[^1].Round;
        foreach (var point in points)
        {
            _rounds.Add(_played * (_lastRound.Value + 1L) + point.Round, point.Training, point.Test, point.Accuracy);
        }
    }

    /// <summary>Means over clients of an episode, where there is a number.</summary>
    private sealed class ClientMeans
    {
        private readonly double[] _sums = new double[OfClients.Length];
        private readonly int[] _counts = new int[OfClients.Length];

        public double[] Values => [.. _sums.Zip(_counts, (sum, count) => count == 0 ? double.NaN : sum / count)];

        public void Add(TableRow row)
        {
            Span<double> values =
            [
                row[ClientTable.Effort], row.Or(ClientTable.BatchSize) / row[ClientTable.AssignedBatchSize], row[ClientTable.Gamma],
                row[ClientTable.Reward], row[ClientTable.Cost], row[ClientTable.Payoff],
            ];
            for (int index = 0; index < values.Length; index++)
            {
                if (!double.IsNaN(values[index]))
                {
                    _sums[index] += values[index];
                    _counts[index]++;
                }
            }
        }
    }
}
