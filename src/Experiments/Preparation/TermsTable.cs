using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Preparation;

/// <summary>Writes terms.csv: what a mechanism over a loss surrogate announces to every client, and what it is made from.</summary>
internal static class TermsTable
{
    public const string File = "terms.csv";

    /// <param name="directory">The run's folder.</param>
    /// <param name="terms">Per game of the run whose mechanism asks for a surrogate; nothing is written where there is none.</param>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public static void Write(string directory, IReadOnlyList<AnnouncedTerms> terms)
    {
        if (terms.Count == 0)
        {
            return;
        }

        CsvFile.Write(Path.Combine(directory, File), Rows(terms));
    }

    private static IEnumerable<object?[]> Rows(IReadOnlyList<AnnouncedTerms> terms)
    {
        yield return [
            "game", "client", "assigned_batch_size", "labeling_cost", "computation_cost", "fixed_pay", "loss_slope", "truthful_loss", "batch_slope",
            "effort_slope", "report_curvature", "least_batch_size"];
        foreach (var (game, costs, assignments) in terms)
        {
            for (int client = 0; client < assignments.Count; client++)
            {
                var (assignment, cost) = (assignments[client], costs[client]);
                yield return [
                    game, client, assignment.BatchSize, cost.Labeling, cost.Computation, assignment.Terms.Fixed, assignment.Terms.LossSlope,
                    .. ((string[])[SurrogateTerms.TruthfulLoss, SurrogateTerms.BatchSlope, SurrogateTerms.EffortSlope, SurrogateTerms.ReportCurvature, SurrogateTerms.LeastBatchSize])
                        .Select(name => assignment.Terms.Announced.TryGetValue(name, out double value) ? (object?)value : null),
                ];
            }
        }
    }
}

/// <summary>What the mechanism of one game announces for its first episode.</summary>
/// <param name="Game">The game's number within the run.</param>
/// <param name="Costs">By client.</param>
/// <param name="Assignments">By client.</param>
internal sealed record AnnouncedTerms(int Game, IReadOnlyList<ClientCosts> Costs, IReadOnlyList<Assignment> Assignments);
