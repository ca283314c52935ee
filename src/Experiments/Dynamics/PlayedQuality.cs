using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>
/// What clients do in a profile, on average over them, and what comes of it: over the replicates of the measurement, or in the last play
/// where it
/// was not measured.
/// </summary>
/// <param name="Effort">Mean e.</param>
/// <param name="BatchFactor">Mean of D / D'.</param>
/// <param name="Gamma">Mean gamma.</param>
/// <param name="Cost">Mean cost of a client, in money; NaN where it was not measured.</param>
/// <param name="TestLoss">Of the final model.</param>
/// <param name="Accuracy">Of the final model; NaN where there is none.</param>
/// <param name="TotalReward">What the server pays, in money.</param>
/// <param name="ServerPayoff">u_0, in money.</param>
internal sealed record PlayedQuality(
    double Effort, double BatchFactor, double Gamma, double Cost, Moments TestLoss, Moments Accuracy, Moments TotalReward,
    Moments ServerPayoff)
{
    /// <summary>Mean e over clients, and how sure that is over plays.</summary>
    public Moments PlayedEffort { get; init; } = One(Effort);

    /// <summary>E f(w_T) in closed form; null where there is none.</summary>
    public Moments? ExpectedLoss { get; init; }

    /// <summary>The expected total reward likewise, in money.</summary>
    public Moments? ExpectedReward { get; init; }

    public static PlayedQuality Of(RevisionRow row) => new(
        row.Effort, row.BatchFactor, row.Gamma, double.NaN, One(row.TestLoss), One(row.Accuracy), One(row.TotalReward),
        One(row.ServerPayoff));

    /// <summary>By cell, all plays of a phase in which nobody deviates.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="phase">Where the profile reached is measured, or the one asked for is played.</param>
    /// <param name="cell">A row's cell.</param>
    /// <exception cref="SettingException">A table is missing, or is not what a run writes.</exception>
    public static IReadOnlyDictionary<string, PlayedQuality> Read(string directory, DynamicsPhase phase, Func<TableRow, string> cell)
    {
        var name = phase.ToString().ToLowerInvariant();
        var expected = ExpectedTable.ByEpisode(directory);
        var plays = CsvRows.Of(directory, EpisodeTable.Schema)
            .Where(row => row[DynamicsDesign.Phase] == name && row[RegretPlay.Deviator].Length == 0)
            .ToLookup(cell, row => (
                Episode: row[EpisodeTable.Episode], Loss: row[EpisodeTable.TestLoss], Accuracy: row[EpisodeTable.Accuracy],
                Reward: row[EpisodeTable.TotalReward], Payoff: row[EpisodeTable.ServerPayoff]));
        var played = plays.SelectMany(same => same).Select(play => play.Episode).ToHashSet();
        var actions = CsvRows.Of(directory, ClientTable.Schema)
            .Where(row => played.Contains(row[ClientTable.Episode]))
            .ToLookup(row => row[ClientTable.Episode], row => (
                Effort: row[ClientTable.Effort], BatchFactor: row.Or(ClientTable.BatchSize) / row[ClientTable.AssignedBatchSize],
                Gamma: row[ClientTable.Gamma], Cost: row[ClientTable.Cost]));
        return plays.ToDictionary(same => same.Key, same =>
        {
            var clients = same.SelectMany(play => actions[play.Episode]).ToList();
            return new PlayedQuality(
                clients.Average(client => client.Effort),
                clients.Average(client => client.BatchFactor),
                clients.Average(client => client.Gamma),
                clients.Average(client => client.Cost),
                Moments.Of([.. same.Select(play => play.Loss)]),
                Moments.Of([.. same.Select(play => play.Accuracy)]),
                Moments.Of([.. same.Select(play => play.Reward)]),
                Moments.Of([.. same.Select(play => play.Payoff)]))
            {
                ExpectedLoss = Expected(play => play.Loss),
                ExpectedReward = Expected(play => play.Reward),
                PlayedEffort = Moments.Of([.. same.Select(play => actions[play.Episode].Average(client => client.Effort))]),
            };

            Moments? Expected(Func<(double Loss, double Reward), double> value) => same.All(play => expected.ContainsKey(play.Episode))
                ? Moments.Of([.. same.Select(play => value(expected[play.Episode]))])
                : null;
        });
    }

    private static Moments One(double value) => new(1, value, double.NaN);
}
