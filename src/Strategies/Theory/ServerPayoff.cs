namespace FLCrowd.Strategies.Theory;

/// <summary>The server's payoff u_0 = -lambda f(w_T) - sum_i r_i, (3) with money per loss lambda (the paper's is 1).</summary>
public static class ServerPayoff
{
    /// <summary>The payoff after an episode.</summary>
    /// <param name="moneyPerLoss">lambda, in money per unit of loss.</param>
    /// <param name="testLoss">f(w_T).</param>
    /// <param name="totalReward">sum_i r_i, in money.</param>
    public static double Of(double moneyPerLoss, double testLoss, double totalReward) => -moneyPerLoss * testLoss - totalReward;

    /// <summary>
    /// The payoff that a surrogate expects of LCEME when all do what they are asked: pay then equals cost, so it is
    /// -lambda (S + F*) - sum_i (c_l + T c_p D'_i).
    /// </summary>
    /// <param name="surrogate">The surrogate that pay is based on.</param>
    /// <param name="moneyPerLoss">lambda.</param>
    /// <param name="batchSizes">D' in client order.</param>
    /// <param name="costs">Every client's costs, in client order.</param>
    /// <param name="protocol">How the crowd trains.</param>
    public static double Truthful(
        LossSurrogate surrogate, double moneyPerLoss, IReadOnlyList<int> batchSizes, IReadOnlyList<ClientCosts> costs, TrainingProtocol protocol)
    {
        double cost = 0;
        for (int i = 0; i < batchSizes.Count; i++)
        {
            cost += costs[i].Of(new ClientAction(Effort: 1, batchSizes[i], Gamma: 1), protocol);
        }

        return Of(moneyPerLoss, surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss, cost);
    }
}
