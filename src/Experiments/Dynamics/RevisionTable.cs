using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>One row of <c>dynamics.csv</c>: the profile after a revision, and what came of it.</summary>
/// <param name="Cell">The values of the swept columns.</param>
/// <param name="Number">The revision, from 0, the start.</param>
/// <param name="Episode">The episode of the tables in which the profile was played.</param>
/// <param name="Changed">How many clients do something else than before.</param>
/// <param name="Gain">For best responses: the largest gain that made a client change, in money; null where none did, and for learning.</param>
/// <param name="Profile">How many clients do what.</param>
/// <param name="TrainingLoss">Of the final model.</param>
/// <param name="TestLoss">Of the final model.</param>
/// <param name="Accuracy">Of the final model; NaN where there is none.</param>
/// <param name="TotalReward">What the server paid, in money.</param>
/// <param name="ServerPayoff">u_0, in money.</param>
/// <param name="MeanPayoff">Mean over clients, in money.</param>
/// <param name="Effort">Mean e.</param>
/// <param name="BatchFactor">Mean of D / D'.</param>
/// <param name="Gamma">Mean gamma.</param>
/// <param name="Ending">How it ended, in the last row of a cell; empty in others.</param>
/// <param name="Reached">The profile whose regret is measured, in the last row of a cell; empty in others.</param>
internal sealed record RevisionRow(
    IReadOnlyList<string> Cell,
    int Number,
    int Episode,
    int Changed,
    double? Gain,
    string Profile,
    double TrainingLoss,
    double TestLoss,
    double Accuracy,
    double TotalReward,
    double ServerPayoff,
    double MeanPayoff,
    double Effort,
    double BatchFactor,
    double Gamma,
    string Ending = "",
    string Reached = "");

/// <summary>The table <c>dynamics.csv</c>.</summary>
internal static class RevisionTable
{
    public const string File = "dynamics.csv";

    private static readonly string[] Columns =
    [
        "revision", "episode", "changed", "gain", "profile", "training_loss", "test_loss", "accuracy", "total_reward", "server_payoff", "mean_payoff",
        "effort", "batch_factor", "gamma", "ending", "reached",
    ];

    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string directory, IReadOnlyList<string> swept, IEnumerable<RevisionRow> rows)
    {
        object?[] header = [.. swept, .. Columns];
        CsvFile.Write(Path.Combine(directory, File), rows.Select(row => (object?[])[
            .. row.Cell, row.Number, row.Episode, row.Changed, row.Gain, row.Profile, row.TrainingLoss, row.TestLoss,
            double.IsNaN(row.Accuracy) ? null : row.Accuracy, row.TotalReward, row.ServerPayoff, row.MeanPayoff, row.Effort, row.BatchFactor, row.Gamma,
            row.Ending, row.Reached]).Prepend(header));
    }

    /// <exception cref="SettingException">The table is missing, or is not what a run writes.</exception>
    public static IReadOnlyList<RevisionRow> Read(string directory, IReadOnlyList<string> swept) =>
    [
        .. RunTables.Rows(directory, File).Select(row => new RevisionRow(
            [.. swept.Select(row.Text)], row.Whole("revision"), row.Whole("episode"), row.Whole("changed"),
            row.Number("gain") is var gain && double.IsNaN(gain) ? null : gain, row.Text("profile"), row.Number("training_loss"), row.Number("test_loss"),
            row.Number("accuracy"), row.Number("total_reward"), row.Number("server_payoff"), row.Number("mean_payoff"), row.Number("effort"),
            row.Number("batch_factor"), row.Number("gamma"), row.Text("ending"), row.Text("reached"))),
    ];
}
