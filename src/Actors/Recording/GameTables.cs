using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tables;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// The tables of every run, as <see cref="CsvSink"/> writes them. Empty is what there is no number of: the accuracy of what does not
/// classify, a loss
/// of a model that diverged in between.
/// </summary>
public static class GameTables
{
    /// <summary>All of them; <see cref="ClassTable"/> only where a run asks for it.</summary>
    public static IReadOnlyList<TableSchema> All => [EpisodeTable.Schema, RoundTable.Schema, ClientTable.Schema, ClassTable.Schema];
}

/// <summary>episodes.csv.</summary>
public static class EpisodeTable
{
    /// <summary>Its number within the run.</summary>
    public static readonly Column<int, RecordedEpisode> Episode =
        Column.Whole<RecordedEpisode>("episode", "number within the run, from 0", row => row.Number);

    /// <summary>The seed of its game.</summary>
    public static readonly Column<ulong, RecordedEpisode> Seed =
        Column.Seed<RecordedEpisode>("seed", "the game's seed", row => row.Game.Seed);

    /// <summary>The mechanism's name.</summary>
    public static readonly Column<string, RecordedEpisode> Mechanism =
        Column.Text<RecordedEpisode>("mechanism", "name of the mechanism", row => row.Game.Incentive.Mechanism.Name);

    /// <summary>F(w_T).</summary>
    public static readonly Column<double, RecordedEpisode> TrainingLoss = Column.Measured<RecordedEpisode>(
        "training_loss", "", "sum_i p_i F_i(w_T), with l2, on the clients' true labels", row => Final(row).TrainingLoss);

    /// <summary>f(w_T).</summary>
    public static readonly Column<double, RecordedEpisode> TestLoss = Column.Measured<RecordedEpisode>(
        "test_loss", "", "mean cross-entropy of w_T on the test set, without l2 (the quadratic world: the same as training_loss)",
        row => Final(row).TestLoss);

    /// <summary>The share of the test set that is classified correctly.</summary>
    public static readonly Column<double, RecordedEpisode> Accuracy = Column.Measured<RecordedEpisode>(
        "accuracy", "", "share of the test set classified correctly; empty for a model that does not classify",
        row => Final(row).Accuracy);

    /// <summary>What the server paid.</summary>
    public static readonly Column<double, RecordedEpisode> TotalReward =
        Column.Number<RecordedEpisode>("total_reward", "money", "sum of all rewards r_i", row => row.Result.TotalReward);

    /// <summary>u_0.</summary>
    public static readonly Column<double, RecordedEpisode> ServerPayoff = Column.Number<RecordedEpisode>(
        "server_payoff", "money", "u_0 = -lambda f - sum_i r_i, with f = paid_loss", row => row.Result.ServerPayoff);

    /// <summary>What the game is a play of.</summary>
    public static readonly RunsColumns<RecordedEpisode> Played = new(
        "...", "a sweep has one column per swept path, `variant` where it has variants, and one column per axis",
        run => [.. run.Swept, .. run.Play], row => row.Game.Swept);

    /// <summary>The game's number.</summary>
    public static readonly Column<int, RecordedEpisode> Game =
        Column.Whole<RecordedEpisode>("game", "number of the game within the run, from 0", row => row.Game.Game);

    /// <summary>f.</summary>
    public static readonly Column<double, RecordedEpisode> PaidLoss = Column.Number<RecordedEpisode>(
        "paid_loss", "",
        "f, the loss that pay is based on: test_loss, or with `game.payoff-basis = sample` the loss on one test sample, with `objective` "
        + "test_loss and what training adds to it, with `bound` the announced surrogate at what was played",
        row => row.Result.PaidLoss);

    /// <summary>What the clients keep.</summary>
    public static readonly Column<double, RecordedEpisode> Rent = Column.Number<RecordedEpisode>(
        "rent", "money",
        "sum_i of reward less what the action really cost: what the clients keep (the researcher's number: the server does not know "
        + "the costs of hidden actions)",
        row => row.Rent);

    /// <summary>How well the final model knows the classes, each counting alike.</summary>
    public static readonly Column<double, RecordedEpisode> MacroF1 = Column.Measured<RecordedEpisode>(
        "macro_f1", "", "mean of f1 in classes.csv over the classes that have test samples",
        row => TestedClass.MacroF1(row.Result.Classes ?? [])).OnlyWith(TestedClasses.Setting);

    /// <summary>The table.</summary>
    public static readonly TableSchema<RecordedEpisode> Schema = new(
        "episodes.csv", "one row per episode",
        Episode, Seed, Mechanism, TrainingLoss, TestLoss, Accuracy, TotalReward, ServerPayoff, Played, Game, PaidLoss, Rent, MacroF1);

    private static Evaluation Final(RecordedEpisode row) => row.Result.Rounds[^1].Evaluation;
}

/// <summary>A row of rounds.csv.</summary>
/// <param name="Episode">The episode's number within the run.</param>
/// <param name="Round">What was evaluated.</param>
public readonly record struct RoundRow(int Episode, RoundEvaluation Round);

/// <summary>rounds.csv.</summary>
public static class RoundTable
{
    /// <summary>The episode.</summary>
    public static readonly Column<int, RoundRow> Episode = Column.Whole<RoundRow>("episode", "as in episodes.csv", row => row.Episode);

    /// <summary>The round.</summary>
    public static readonly Column<int, RoundRow> Round = Column.Whole<RoundRow>("round", "0 is the initial model", row => row.Round.Round);

    /// <summary>F(w_t).</summary>
    public static readonly Column<double, RoundRow> TrainingLoss = Column.Measured<RoundRow>(
        "training_loss", "", "as in episodes.csv, of the model after that round", row => row.Round.Evaluation.TrainingLoss);

    /// <summary>f(w_t).</summary>
    public static readonly Column<double, RoundRow> TestLoss =
        Column.Measured<RoundRow>("test_loss", "", "likewise", row => row.Round.Evaluation.TestLoss);

    /// <summary>The share of the test set that is classified correctly.</summary>
    public static readonly Column<double, RoundRow> Accuracy =
        Column.Measured<RoundRow>("accuracy", "", "likewise", row => row.Round.Evaluation.Accuracy);

    /// <summary>The table.</summary>
    public static readonly TableSchema<RoundRow> Schema =
        new("rounds.csv", "one row per evaluated round", Episode, Round, TrainingLoss, TestLoss, Accuracy);
}

/// <summary>A row of clients.csv.</summary>
/// <param name="Episode">The episode's number within the run.</param>
/// <param name="Client">What the client did and got.</param>
public readonly record struct ClientRow(int Episode, ClientOutcome Client);

/// <summary>clients.csv.</summary>
public static class ClientTable
{
    /// <summary>The episode.</summary>
    public static readonly Column<int, ClientRow> Episode = Column.Whole<ClientRow>("episode", "as in episodes.csv", row => row.Episode);

    /// <summary>i.</summary>
    public static readonly Column<int, ClientRow> Client =
        Column.Whole<ClientRow>("client", "the client's index i, from 0", row => row.Client.Client);

    /// <summary>Its strategy's name.</summary>
    public static readonly Column<string, ClientRow> Strategy =
        Column.Text<ClientRow>("strategy", "name of its strategy", row => row.Client.Strategy);

    /// <summary>e'.</summary>
    public static readonly Column<double, ClientRow> AssignedEffort =
        Column.Number<ClientRow>("assigned_effort", "", "e'", row => row.Client.AssignedEffort);

    /// <summary>D'.</summary>
    public static readonly Column<int, ClientRow> AssignedBatchSize =
        Column.Whole<ClientRow>("assigned_batch_size", "D'", row => row.Client.AssignedBatchSize);

    /// <summary>e.</summary>
    public static readonly Column<double, ClientRow> Effort = Column.Number<ClientRow>(
        "effort", "", "e as played; empty where the client failed before it chose", row => row.Client.Action?.Effort);

    /// <summary>D.</summary>
    public static readonly Column<int, ClientRow> BatchSize =
        Column.Whole<ClientRow>("batch_size", "D, likewise", row => row.Client.Action?.BatchSize);

    /// <summary>gamma.</summary>
    public static readonly Column<double, ClientRow> Gamma =
        Column.Number<ClientRow>("gamma", "", "gamma, likewise", row => row.Client.Action?.Gamma);

    /// <summary>r_i.</summary>
    public static readonly Column<double, ClientRow> Reward = Column.Number<ClientRow>("reward", "money", "r_i", row => row.Client.Reward);

    /// <summary>What the action cost.</summary>
    public static readonly Column<double, ClientRow> Cost = Column.Number<ClientRow>(
        "cost", "money", "c_l e + T c_p D (T H c_p D with `cost-per = local-step`)", row => row.Client.Cost);

    /// <summary>u_i.</summary>
    public static readonly Column<double, ClientRow> Payoff =
        Column.Number<ClientRow>("payoff", "money", "reward - cost", row => row.Client.Reward - row.Client.Cost);

    /// <summary>u_hat.</summary>
    public static readonly Column<double, ClientRow> SurrogatePayoff = Column.Number<ClientRow>(
        "u_hat", "money",
        "payoff under the mechanism's loss surrogate while all others do what they are asked, before any `game.floor`; empty where "
        + "the mechanism has none, or it makes no number of such an action",
        row => row.Client.SurrogatePayoff);

    /// <summary>Why it was excluded.</summary>
    public static readonly Column<string, ClientRow> Failure = Column.Text<ClientRow>(
        "failure", "why the client was excluded from the episode; empty where it was not", row => row.Client.Failure);

    /// <summary>The share of rounds that it chose to come to.</summary>
    public static readonly Column<double, ClientRow> Attendance = Column.Number<ClientRow>(
        "attendance", "", "the share of the rounds in which it is asked that the client chose to come to",
        row => row.Client.Action?.Attendance)
        .OnlyWith("experiment.attendance");

    /// <summary>In how many rounds it trained.</summary>
    public static readonly Column<int, ClientRow> RoundsAttended = Column.Whole<ClientRow>(
        "rounds_attended", "in how many rounds it was asked and came, which its cost counts", row => row.Client.RoundsAttended)
        .OnlyWith("experiment.attendance");

    /// <summary>The table.</summary>
    public static readonly TableSchema<ClientRow> Schema = new(
        "clients.csv", "one row per client and episode",
        Episode, Client, Strategy, AssignedEffort, AssignedBatchSize, Effort, BatchSize, Gamma, Reward, Cost, Payoff, SurrogatePayoff,
        Failure, Attendance, RoundsAttended);
}
