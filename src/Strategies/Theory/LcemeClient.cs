namespace FLCrowd.Strategies.Theory;

/// <summary>
/// LCEME for one client (Definition 3, Theorems 2 to 4), over any loss surrogate. With c = T c_p (T H c_p where the cost is per local
/// step), a and b of the client's <see cref="ClientLossTerm"/>: Phi = c D'^2 / a, Omega = Phi (S(truthful) + F*) + c D',
/// r = Omega - Phi f(w_T) + c_l.
/// </summary>
/// <param name="Client">The client's index i, for messages.</param>
/// <param name="Weight">p_i.</param>
/// <param name="Term">What the client's action adds to the loss.</param>
/// <param name="Costs">c_l and c_p.</param>
/// <param name="Protocol">How the crowd trains.</param>
public readonly record struct LcemeClient(int Client, double Weight, ClientLossTerm Term, ClientCosts Costs, TrainingProtocol Protocol)
{
    /// <summary>By how much labeling earns more than it costs by default, so that it is strictly worth it: one percent.</summary>
    public const double DefaultMargin = 0.01;

    /// <summary>c = T c_p, or T H c_p: what one more sample per batch costs in an episode.</summary>
    public double SampleCost => Protocol.ChargedSteps * Costs.Computation;

    /// <summary>The client itself, if LCEME can pay it.</summary>
    /// <exception cref="SettingException">Pay would divide by zero; names the constant.</exception>
    public LcemeClient Validated()
    {
        if (!(Costs.Computation > 0))
        {
            throw new SettingException(
                "game.computation-cost", $"is {Costs.Computation} for client {Client}; must be above 0 for lceme, whose Phi grows with c_p");
        }

        if (!(Weight > 0))
        {
            throw new SettingException(
                "clients", $"client {Client} has aggregation weight p = {Weight}; must be above 0 for lceme, which divides by it");
        }

        if (!(Term.BatchSlope > 0))
        {
            throw Refused($"a = {Term.BatchSlope}: its batch size does not change the loss (in a bound: its sigma^2 is 0)");
        }

        return Term.EffortSlope > 0 || Costs.Labeling <= 0
            ? this
            : throw Refused($"b = {Term.EffortSlope}: its labels do not change the loss (in a bound: beta is 0)");
    }

    /// <summary>Phi, the pay lost per unit of test loss: makes the assigned batch size the best one.</summary>
    public double LossSlope(int batchSize) => SampleCost * batchSize * batchSize / Term.BatchSlope;

    /// <summary>D_min, not rounded: from here on labeling is worth its cost, Phi b >= c_l.</summary>
    /// <param name="errata"><see cref="Errata.LeastBatchSize"/> multiplies it by the root of p_i.</param>
    public double LeastBatchSize(Errata errata = Errata.None) => Costs.Labeling <= 0
        ? 0
        : Math.Sqrt(Costs.Labeling * Term.BatchSlope / (SampleCost * Term.EffortSlope))
            * (errata.HasFlag(Errata.LeastBatchSize) ? Math.Sqrt(Weight) : 1);

    /// <summary>D*, not rounded: the batch size with the best server payoff among those at which labeling is worth its cost.</summary>
    /// <param name="moneyPerLoss">lambda.</param>
    /// <param name="errata">See <see cref="FreeBatchSize"/> and <see cref="LeastBatchSize"/>.</param>
    public double OptimalBatchSize(double moneyPerLoss, Errata errata = Errata.None) =>
        Math.Max(FreeBatchSize(moneyPerLoss, errata), LeastBatchSize(errata));

    /// <summary>The first branch of Theorem 4: the root of lambda a / c, which ignores labeling.</summary>
    /// <param name="moneyPerLoss">lambda.</param>
    /// <param name="errata"><see cref="Errata.OptimalBatchSize"/> takes A (p^2 sigma^2 + 2 p h) in place of a. Only a bound with V of its
    /// own variance and several local steps has such a term; elsewhere printed and corrected agree.</param>
    public double FreeBatchSize(double moneyPerLoss, Errata errata = Errata.None)
    {
        double a = Term.BatchSlope;
        if (errata.HasFlag(Errata.OptimalBatchSize) && Term.NormBatchSlope > 0)
        {
            // a = A p^2 sigma^2 + h q sigma^2 with q = 2 A p; the print leaves sigma^2 out of the second term.
            a -= Theorem1.Drift(Protocol) * Term.ReportCurvature * (Term.NormBatchSlope - 1);
        }

        return Math.Sqrt(moneyPerLoss * a / SampleCost);
    }

    /// <summary>
    /// The assignment in whole samples: the server's best batch size of at least D_min, where labeling earns at least 1 + margin times
    /// its cost, rounded up, and of at most what the client can draw.
    /// </summary>
    /// <param name="moneyPerLoss">lambda.</param>
    /// <param name="maxBatchSize">The largest batch that the client can draw.</param>
    /// <param name="margin">At least 0; the printed D_min has none.</param>
    /// <param name="errata">What to compute as printed.</param>
    /// <exception cref="SettingException">D_min is more than the client can draw.</exception>
    public int Assign(double moneyPerLoss, int maxBatchSize, double margin = DefaultMargin, Errata errata = Errata.None)
    {
        double exact = LeastBatchSize(errata) * (errata.HasFlag(Errata.LeastBatchSize) ? 1 : Math.Sqrt(1 + margin));

        // Rounding errors of the root must not cost a sample where it is a whole number.
        double least = Math.Max(1, Math.Ceiling(exact * (1 - 1e-12)));
        if (least > maxBatchSize)
        {
            throw new SettingException(
                "game.assignment",
                $"is optimal, but client {Client} labels only with a batch of at least {least} samples, and can draw at most {maxBatchSize}; "
                + "lower the labeling cost, raise rounds, or sample with replacement");
        }

        double free = Math.Clamp(FreeBatchSize(moneyPerLoss, errata), least, maxBatchSize);
        double below = Math.Max(least, Math.Floor(free)), above = Math.Min(maxBatchSize, below + 1);

        // lambda a / D + c D is convex, and its least value over whole numbers is beside its root; compare D (D + 1) with the root squared.
        return (int)(below * above >= free * free ? below : above);
    }

    /// <summary>The reward function r = Fixed - LossSlope f(w_T), (7).</summary>
    /// <param name="batchSize">D'.</param>
    /// <param name="truthfulLoss">S(truthful), without F*.</param>
    /// <param name="minimalLoss">F*.</param>
    /// <param name="errata"><see cref="Errata.MinimalLoss"/> leaves F* out.</param>
    public (double Fixed, double LossSlope) Terms(int batchSize, double truthfulLoss, double minimalLoss, Errata errata = Errata.None)
    {
        double slope = LossSlope(batchSize);
        double expected = truthfulLoss + (errata.HasFlag(Errata.MinimalLoss) ? 0 : minimalLoss);
        return (slope * expected + SampleCost * batchSize + Costs.Labeling, slope);
    }

    private SettingException Refused(string problem) =>
        new("game.mechanism", $"lceme cannot pay client {Client}, whose surrogate has {problem}");
}
