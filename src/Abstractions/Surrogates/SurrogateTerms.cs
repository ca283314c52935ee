namespace FLCrowd;

/// <summary>
/// How a mechanism over a loss surrogate announces it: the names of the numbers in <see cref="RewardTerms.Announced"/>. They are
/// enough for a client to compute its payoff under the surrogate from its own terms alone.
/// </summary>
public static class SurrogateTerms
{
    /// <summary>a_i (<see cref="ClientLossTerm.BatchSlope"/>).</summary>
    public const string BatchSlope = "batch-slope";

    /// <summary>b_i (<see cref="ClientLossTerm.EffortSlope"/>).</summary>
    public const string EffortSlope = "effort-slope";

    /// <summary>q_i (<see cref="ClientLossTerm.ReportCurvature"/>).</summary>
    public const string ReportCurvature = "report-curvature";

    /// <summary>v (<see cref="ClientLossTerm.NormConstant"/>).</summary>
    public const string NormConstant = "norm-constant";

    /// <summary>v_D (<see cref="ClientLossTerm.NormBatchSlope"/>).</summary>
    public const string NormBatchSlope = "norm-batch-slope";

    /// <summary>v_e (<see cref="ClientLossTerm.NormEffortSlope"/>).</summary>
    public const string NormEffortSlope = "norm-effort-slope";

    /// <summary>S + F* when all clients do what they are asked: the test loss that the surrogate expects.</summary>
    public const string TruthfulLoss = "truthful-loss";

    /// <summary>
    /// D_min: the least batch size, not rounded, at which the announced pay makes labeling worth its cost. An assigned batch below it
    /// is a game in which shirking labeling pays.
    /// </summary>
    public const string LeastBatchSize = "least-batch-size";

    /// <summary>Writes a client's part of a surrogate by name.</summary>
    /// <param name="term">What the client's action adds to the loss.</param>
    /// <param name="truthfulLoss">S + F* when all clients do what they are asked.</param>
    public static Dictionary<string, double> Write(ClientLossTerm term, double truthfulLoss) => new()
    {
        [BatchSlope] = term.BatchSlope,
        [EffortSlope] = term.EffortSlope,
        [ReportCurvature] = term.ReportCurvature,
        [NormConstant] = term.NormConstant,
        [NormBatchSlope] = term.NormBatchSlope,
        [NormEffortSlope] = term.NormEffortSlope,
        [TruthfulLoss] = truthfulLoss,
    };

    /// <summary>Reads what <see cref="Write"/> wrote; false where the terms announce no surrogate.</summary>
    public static bool TryRead(RewardTerms terms, out ClientLossTerm term, out double truthfulLoss)
    {
        var numbers = terms.Announced;
        term = default;
        if (!numbers.TryGetValue(TruthfulLoss, out truthfulLoss)
            || !numbers.TryGetValue(BatchSlope, out double a)
            || !numbers.TryGetValue(EffortSlope, out double b)
            || !numbers.TryGetValue(ReportCurvature, out double q)
            || !numbers.TryGetValue(NormConstant, out double v)
            || !numbers.TryGetValue(NormBatchSlope, out double perSample)
            || !numbers.TryGetValue(NormEffortSlope, out double perEffort))
        {
            return false;
        }

        term = new ClientLossTerm(a, b, q, v, perSample, perEffort);
        return true;
    }

    /// <summary>By how much the announced loss changes when a client does not do what it is asked, and all others do; null where its terms
    /// announce no surrogate, or the client stays away from rounds, of which surrogates know nothing.</summary>
    /// <param name="assignment">What the client is asked for, and its terms.</param>
    /// <param name="action">What it does.</param>
    public static double? Change(Assignment assignment, ClientAction action) =>
        action.Attendance == 1 && TryRead(assignment.Terms, out var term, out _)
            ? term.Loss(action) - term.Loss(assignment.AsAction)
            : null;

    /// <summary>The <see cref="TruthfulLoss"/> of all clients' terms; null where they do not all announce a surrogate and the same
    /// loss.</summary>
    public static double? CommonTruthfulLoss(IReadOnlyList<Assignment> assignments)
    {
        double? common = null;
        foreach (var assignment in assignments)
        {
            if (!TryRead(assignment.Terms, out _, out double loss) || loss != (common ??= loss))
            {
                return null;
            }
        }

        return common;
    }
}
