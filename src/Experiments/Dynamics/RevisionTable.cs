using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>One row of <c>dynamics.csv</c>: the profile after a revision, and what came of it.</summary>
/// <param name="Cell">The values of the swept columns.</param>
/// <param name="Number">The revision, from 0, the start.</param>
/// <param name="Episode">The episode of the tables in which the profile was played.</param>
/// <param name="Changed">How many clients do something else than before.</param>
/// <param name="Gain">For best responses: the largest gain that made a client change, in money; null where none did, and for
/// learning.</param>
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
    private static readonly Column<int, RevisionRow> Revision =
        Column.Whole<RevisionRow>("revision", "its number in the cell; 0 is the start", row => row.Number);

    private static readonly Column<int, RevisionRow> Episode = Column.Whole<RevisionRow>(
        "episode", "the episode of the other tables in which the profile was played (who did what is in clients.csv)", row => row.Episode);

    private static readonly Column<int, RevisionRow> Changed =
        Column.Whole<RevisionRow>("changed", "how many clients did something else than before", row => row.Changed);

    private static readonly Column<double, RevisionRow> Gain = Column.Number<RevisionRow>(
        "gain", "money", "for best responses: the largest gain that made a client change", row => row.Gain);

    private static readonly Column<string, RevisionRow> Profile =
        Column.Text<RevisionRow>("profile", "how many clients do what, as (e, D, gamma)", row => row.Profile);

    private static readonly Column<double, RevisionRow> TrainingLoss =
        Column.Number<RevisionRow>("training_loss", "", "of that episode", row => row.TrainingLoss);

    private static readonly Column<double, RevisionRow> TestLoss =
        Column.Number<RevisionRow>("test_loss", "", "of that episode", row => row.TestLoss);

    private static readonly Column<double, RevisionRow> Accuracy =
        Column.Measured<RevisionRow>("accuracy", "", "of that episode", row => row.Accuracy);

    private static readonly Column<double, RevisionRow> TotalReward =
        Column.Number<RevisionRow>("total_reward", "money", "of that episode", row => row.TotalReward);

    private static readonly Column<double, RevisionRow> ServerPayoff =
        Column.Number<RevisionRow>("server_payoff", "money", "of that episode", row => row.ServerPayoff);

    private static readonly Column<double, RevisionRow> MeanPayoff =
        Column.Number<RevisionRow>("mean_payoff", "money", "mean over clients", row => row.MeanPayoff);

    private static readonly Column<double, RevisionRow> Effort =
        Column.Number<RevisionRow>("effort", "", "mean of e over clients", row => row.Effort);

    private static readonly Column<double, RevisionRow> BatchFactor =
        Column.Number<RevisionRow>("batch_factor", "", "mean of D / D' over clients", row => row.BatchFactor);

    private static readonly Column<double, RevisionRow> Gamma =
        Column.Number<RevisionRow>("gamma", "", "mean of gamma over clients", row => row.Gamma);

    private static readonly Column<string, RevisionRow> Ending = Column.Text<RevisionRow>(
        "ending",
        "in a cell's last row: `fixed point`, `cycle of N` revisions, `steady` (what each did most often in the last `settled` "
        + "episodes is what it did "
        + "most often in as many before, though some still try other actions), `moving`",
        row => row.Ending);

    private static readonly Column<string, RevisionRow> Reached = Column.Text<RevisionRow>(
        "reached",
        "in a cell's last row: the profile whose regret is measured; where clients learn, what each did most often in the last "
        + "`settled` episodes",
        row => row.Reached);

    public static readonly TableSchema<RevisionRow> Schema = new(
        "dynamics.csv", "one row per revision, where `experiment.kind = dynamics`",
        SweptColumns.Of<RevisionRow>(row => row.Cell), Revision, Episode, Changed, Gain, Profile, TrainingLoss, TestLoss, Accuracy,
        TotalReward,
        ServerPayoff, MeanPayoff, Effort, BatchFactor, Gamma, Ending, Reached);

    /// <exception cref="Actors.Recording.DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string directory, IReadOnlyList<string> swept, IEnumerable<RevisionRow> rows) =>
        CsvFile.Write(directory, Schema, new RunColumns { Swept = RunColumns.Texts(swept) }, rows);

    /// <exception cref="SettingException">The table is missing, or is not what a run writes.</exception>
    public static IReadOnlyList<RevisionRow> Read(string directory, IReadOnlyList<string> swept) =>
    [
        .. CsvRows.Of(directory, Schema).Select(row => new RevisionRow(
            [.. swept.Select(row.Text)], row[Revision], row[Episode], row[Changed],
            row[Gain] is var gain && double.IsNaN(gain) ? null : gain,
            row[Profile], row[TrainingLoss], row[TestLoss], row[Accuracy], row[TotalReward], row[ServerPayoff], row[MeanPayoff],
            row[Effort],
            row[BatchFactor], row[Gamma], row[Ending], row[Reached])),
    ];
}
