using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Games;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>LCEME's terms for one client, corrected or as printed, and what the client makes of them.</summary>
/// <param name="Client">The client's index.</param>
/// <param name="Weight">p_i.</param>
/// <param name="BatchSlope">a_i of the surrogate.</param>
/// <param name="EffortSlope">b_i of the surrogate.</param>
/// <param name="LeastBatchSize">D_min, not rounded.</param>
/// <param name="OptimalBatchSize">D*, in whole samples.</param>
/// <param name="BatchSize">D': as configured, or D*.</param>
/// <param name="LossSlope">Phi.</param>
/// <param name="Fixed">Omega + c_l.</param>
/// <param name="TruthfulPayoff">u_hat of doing what is asked.</param>
/// <param name="BestResponse">The action with the largest u_hat while all others do what they are asked.</param>
/// <param name="Gain">By how much its u_hat is larger.</param>
internal sealed record ClientTheory(
    int Client,
    double Weight,
    double BatchSlope,
    double EffortSlope,
    double LeastBatchSize,
    int OptimalBatchSize,
    int BatchSize,
    double LossSlope,
    double Fixed,
    double TruthfulPayoff,
    ClientAction BestResponse,
    double Gain);

/// <summary>What the theory says of a game, before it is played.</summary>
/// <param name="Surrogate">The loss surrogate that all of it is by.</param>
/// <param name="Corrected">Per client, by the corrected formulas.</param>
/// <param name="Printed">Per client, by the paper's formulas as printed.</param>
/// <param name="TruthfulLoss">S + F* of the corrected assignment when all do what they are asked.</param>
/// <param name="ServerPayoff">u_0 of the same.</param>
internal sealed record GameTheory(
    LossSurrogate Surrogate,
    IReadOnlyList<ClientTheory> Corrected,
    IReadOnlyList<ClientTheory> Printed,
    double TruthfulLoss,
    double ServerPayoff)
{
    /// <exception cref="SettingException">LCEME cannot pay some client by this surrogate.</exception>
    public static GameTheory Of(GameDefinition game, LossSurrogate surrogate, GameParts parts)
    {
        var corrected = Clients(game, surrogate, parts, Errata.None);
        int[] batchSizes = [.. corrected.Select(client => client.BatchSize)];
        return new GameTheory(
            surrogate,
            corrected,
            Clients(game, surrogate, parts, Errata.All),
            surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss,
            Strategies.Theory.ServerPayoff.Truthful(
                surrogate, game.Incentive.MoneyPerLoss, batchSizes,
                [.. parts.Profiles.Select(profile => profile.Costs)], game.Learning.Protocol));
    }

    private static ClientTheory[] Clients(GameDefinition game, LossSurrogate surrogate, GameParts parts, Errata errata)
    {
        var protocol = game.Learning.Protocol;
        double money = game.Incentive.MoneyPerLoss;
        LcemeClient[] clients = [.. parts.Profiles.Select((profile, i) =>
            new LcemeClient(profile.Client, profile.Weight, surrogate.Client(i), profile.Costs, protocol).Validated())];
        int[] optimal = [.. clients.Select((client, i) => client.Assign(money, parts.Profiles[i].MaxBatchSize, errata: errata))];
        int[] assigned = [.. parts.Profiles.Select((profile, i) => profile.BatchSize ?? optimal[i])];
        double truthful = surrogate.TruthfulLoss(assigned);
        return [.. clients.Select((client, i) =>
        {
            var action = new ClientAction(Effort: 1, assigned[i], Gamma: 1);
            var (pay, slope) = client.Terms(assigned[i], truthful, surrogate.MinimalLoss, errata);
            var payoff = SurrogatePayoff.AgainstTruthful(
                new RewardTerms(pay, slope), client.Term, truthful + surrogate.MinimalLoss, action, client.Costs, protocol);
            var best = payoff.BestResponse(parts.Profiles[i].MaxBatchSize);
            return new ClientTheory(
                client.Client, client.Weight, client.Term.BatchSlope, client.Term.EffortSlope, client.LeastBatchSize(errata), optimal[i],
                assigned[i], slope, pay, payoff.Of(action), best, payoff.Of(best) - payoff.Of(action));
        })];
    }
}
