using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Tables;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Preparation;

/// <summary>terms.csv: what a mechanism over a loss surrogate announces to every client, and what it is made from.</summary>
internal static class TermsTable
{
    public static readonly Column<int, TermsRow> Game = Column.Whole<TermsRow>("game", "as in episodes.csv", row => row.Game);

    public static readonly Column<double, TermsRow> LabelingCost =
        Column.Number<TermsRow>("labeling_cost", "money", "c_l", row => row.Costs.Labeling);

    public static readonly Column<double, TermsRow> BatchSlope = Announced(SurrogateTerms.BatchSlope, "batch_slope", "a");

    public static readonly TableSchema<TermsRow> Schema = new(
        "terms.csv", "one row per client and game, where the mechanism pays by a loss surrogate",
        Game,
        Column.Whole<TermsRow>("client", "as in clients.csv", row => row.Client),
        Column.Whole<TermsRow>("assigned_batch_size", "D'", row => row.Assignment.BatchSize),
        LabelingCost,
        Column.Number<TermsRow>("computation_cost", "money", "c_p", row => row.Costs.Computation),
        Column.Number<TermsRow>("fixed_pay", "money", "Omega + c_l", row => row.Assignment.Terms.Fixed),
        Column.Number<TermsRow>("loss_slope", "money per loss", "Phi", row => row.Assignment.Terms.LossSlope),
        Announced(SurrogateTerms.TruthfulLoss, "truthful_loss", "S + F* when all do as asked"),
        BatchSlope,
        Announced(SurrogateTerms.EffortSlope, "effort_slope", "b"),
        Announced(SurrogateTerms.ReportCurvature, "report_curvature", "q"),
        Announced(SurrogateTerms.LeastBatchSize, "least_batch_size", "D_min, not rounded"),
        Column.Whole<TermsRow>("takes_part", "1; 0: the client is not asked to", row => row.Assignment.TakesPart ? 1 : 0),
        Precision("loss_slope_error", "money per loss", "standard error of loss_slope", row => row.LossSlopeError),
        Precision(
            "payoff_error", "money", "standard error of the payoff of doing as asked, which is 0 by the surrogate", row => row.PayoffError),
        Precision("labeling_margin", "money", "Phi b - c_l", row => row.LabelingMargin),
        Precision("labeling_margin_error", "money", "its standard error", row => row.LabelingMarginError),
        Precision(
            "epsilon", "money", "at most so much is gained by another e or D, where a and b are within two standard errors",
            row => row.Epsilon),
        Column.Number<TermsRow>(
            "worth", "", "o, the loss without the client less the loss with it; empty where it is not known",
            row => row.Assignment.TakesPart ? row.Surrogate.Worth?[row.Client] : null),
        Column.Number<TermsRow>(
            "worth_error", "", "its standard error",
            row => row.Assignment.TakesPart ? row.Surrogate.Errors?.Worth?[row.Client] : null),
        Precision(
            "participation_margin", "money", "Phi o less the cost of doing as asked; empty where o is not known",
            row => row.ParticipationMargin),
        Precision("participation_margin_error", "money", "its standard error", row => row.ParticipationMarginError));

    /// <param name="directory">The run's folder.</param>
    /// <param name="terms">Per game of the run whose mechanism asks for a surrogate; nothing is written where there is none.</param>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public static void Write(string directory, IReadOnlyList<AnnouncedTerms> terms)
    {
        if (terms.Count > 0)
        {
            CsvFile.Write(directory, Schema, RunColumns.None, terms.SelectMany(game => game.Assignments.Select(
                (assignment, client) => new TermsRow(game.Game, client, game.Costs[client], assignment, game.Protocol, game.Surrogate))));
        }
    }

    private static Column<double, TermsRow> Precision(string name, string unit, string meaning, Func<TermsPrecision, double?> value) =>
        Column.Number<TermsRow>(
            name, unit, meaning,
            row => TermsPrecision.Of(row.Assignment, row.Costs, row.Protocol, row.Surrogate, row.Client) is { } precision
                && (row.Surrogate.Errors is not null || name == "participation_margin")
                ? value(precision)
                : null);

    private static Column<double, TermsRow> Announced(string term, string name, string meaning) => Column.Number<TermsRow>(
        name, "", meaning, row => row.Assignment.Terms.Announced.TryGetValue(term, out double value) ? value : null);
}

/// <summary>What the mechanism of one game announces for its first episode.</summary>
/// <param name="Game">The game's number within the run.</param>
/// <param name="Costs">By client.</param>
/// <param name="Assignments">By client.</param>
/// <param name="Protocol">How the crowd trains.</param>
/// <param name="Surrogate">What the terms are made from.</param>
internal sealed record AnnouncedTerms(
    int Game, IReadOnlyList<ClientCosts> Costs, IReadOnlyList<Assignment> Assignments, TrainingProtocol Protocol, LossSurrogate Surrogate);

/// <summary>What it announces to one client.</summary>
internal readonly record struct TermsRow(
    int Game, int Client, ClientCosts Costs, Assignment Assignment, TrainingProtocol Protocol, LossSurrogate Surrogate);
