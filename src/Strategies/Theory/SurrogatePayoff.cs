namespace FLCrowd.Strategies.Theory;

/// <summary>
/// u_hat: a client's payoff when the test loss is what a surrogate says, u_hat = Fixed - LossSlope (S + F*) - cost. Under LCEME's
/// corrected terms with D' of at least D_min, doing as asked is a dominant strategy of it, and pays 0 (Theorem 2).
/// </summary>
/// <param name="Fixed">Pay at zero test loss, in money.</param>
/// <param name="LossSlope">Phi, at least 0.</param>
/// <param name="Term">What the client's action adds to the loss.</param>
/// <param name="RestLoss">S + F* without the client's own part.</param>
/// <param name="Costs">The client's costs.</param>
/// <param name="Protocol">How the crowd trains.</param>
public readonly record struct SurrogatePayoff(
    double Fixed, double LossSlope, ClientLossTerm Term, double RestLoss, ClientCosts Costs, TrainingProtocol Protocol)
{
    /// <summary>The payoff while all others do what they are asked.</summary>
    /// <param name="terms">The announced pay.</param>
    /// <param name="term">What the client's action adds to the loss.</param>
    /// <param name="truthfulLoss">S + F* when all do what they are asked.</param>
    /// <param name="assigned">What the client is asked for.</param>
    /// <param name="costs">The client's costs.</param>
    /// <param name="protocol">How the crowd trains.</param>
    public static SurrogatePayoff AgainstTruthful(
        RewardTerms terms, ClientLossTerm term, double truthfulLoss, ClientAction assigned, ClientCosts costs, TrainingProtocol protocol) =>
        new(terms.Fixed, terms.LossSlope, term, truthfulLoss - term.Loss(assigned), costs, protocol);

    /// <summary>The payoff as a client can compute it from its own terms alone; null where they announce no surrogate.</summary>
    public static SurrogatePayoff? Of(ClientView view) =>
        SurrogateTerms.TryRead(view.Assignment.Terms, out var term, out double truthfulLoss)
            ? AgainstTruthful(view.Assignment.Terms, term, truthfulLoss, view.Assignment.AsAction, view.Costs, view.Protocol)
            : null;

    /// <summary>u_hat of an action.</summary>
    public double Of(ClientAction action) => At(RestLoss + Term.Loss(action), action);

    /// <summary>The payoff of an action where the test loss comes out otherwise than the surrogate says.</summary>
    public double At(double testLoss, ClientAction action) => Fixed - LossSlope * testLoss - Costs.Of(action, Protocol);

    /// <summary>The largest test loss at which an action does not lose money: individual rationality (Definition 2) of it.</summary>
    public double BreakEvenLoss(ClientAction action) => (Fixed - Costs.Of(action, Protocol)) / LossSlope;

    /// <summary>
    /// The best action, exactly: gamma = 1 (any other adds loss); labeling by comparison of Phi b with c_l; D beside the root of
    /// Phi a / c. A tie goes to labeling, the smaller batch and the true model.
    /// </summary>
    /// <param name="maxBatchSize">The largest batch that the client can draw.</param>
    public ClientAction BestResponse(int maxBatchSize)
    {
        double sampleCost = Protocol.ChargedSteps * Costs.Computation, gain = LossSlope * Term.BatchSlope;
        double effort = LossSlope * Term.EffortSlope >= Costs.Labeling ? 1 : 0;
        return new ClientAction(effort, BestBatchSize(gain, sampleCost, maxBatchSize), Gamma: 1);
    }

    /// <summary>The whole number D in 1 .. max with the least gain / D + cost D.</summary>
    private static int BestBatchSize(double gain, double cost, int max)
    {
        if (!(gain > 0))
        {
            return 1;
        }

        double square = gain / cost;
        double below = Math.Clamp(Math.Floor(Math.Sqrt(square)), 1, max);

        // D + 1 is better than D where gain / (D (D + 1)) > cost.
        return below < max && below * (below + 1) < square ? (int)below + 1 : (int)below;
    }
}
