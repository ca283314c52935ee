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
    double Gain)
{
    /// <summary>How sure the terms are; the same for clients of equal terms that are worth the same.</summary>
    public TermsPrecision? Precision { get; init; }
}

/// <summary>What the theory says of a game, before it is played.</summary>
/// <param name="Surrogate">The loss surrogate that all of it is by.</param>
/// <param name="Corrected">Per client that is asked to take part, by the corrected formulas.</param>
/// <param name="Printed">Likewise, by the paper's formulas as printed.</param>
/// <param name="BatchSizes">D' of every client, in client order; 1 for those that are not asked.</param>
/// <param name="TruthfulLoss">S + F* of the corrected assignment when all do what they are asked.</param>
/// <param name="ServerPayoff">u_0 of the same.</param>
internal sealed record GameTheory(
    LossSurrogate Surrogate,
    IReadOnlyList<ClientTheory> Corrected,
    IReadOnlyList<ClientTheory> Printed,
    IReadOnlyList<int> BatchSizes,
    double TruthfulLoss,
    double ServerPayoff)
{
    /// <exception cref="SettingException">LCEME cannot pay some client by this surrogate.</exception>
    public static GameTheory Of(GameDefinition game, LossSurrogate surrogate, GameParts parts)
    {
        var corrected = Clients(game, surrogate, parts, Errata.None);
        var sizes = corrected.ToDictionary(client => client.Client, client => client.BatchSize);
        int[] batchSizes = [.. parts.Profiles.Select(profile => sizes.GetValueOrDefault(profile.Client, 1))];
        return new GameTheory(
            surrogate,
            corrected,
            Clients(game, surrogate, parts, Errata.All),
            batchSizes,
            surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss,
            Strategies.Theory.ServerPayoff.Truthful(
                surrogate, game.Incentive.MoneyPerLoss, batchSizes,
                [.. parts.Profiles.Select(profile => surrogate.Asks(profile.Client) ? profile.Costs : new ClientCosts(0, 0))],
                game.Learning.Protocol));
    }

    private static ClientTheory[] Clients(GameDefinition game, LossSurrogate surrogate, GameParts parts, Errata errata)
    {
        var protocol = game.Learning.Protocol;
        double money = game.Incentive.MoneyPerLoss;
        ClientProfile[] profiles = [.. parts.Profiles.Where(profile => surrogate.Asks(profile.Client))];
        LcemeClient[] clients = [.. profiles.Select(profile =>
            new LcemeClient(profile.Client, profile.Weight, surrogate.Client(profile.Client), profile.Costs, protocol).Validated())];
        int[] optimal = [.. clients.Select((client, i) => client.Assign(money, profiles[i].MaxBatchSize, errata: errata))];
        int[] assigned = [.. profiles.Select((profile, i) => profile.BatchSize ?? optimal[i])];
        double truthful = surrogate.Constant + clients.Select((client, i) => client.Term.BatchSlope / assigned[i]).Sum();
        return [.. clients.Select((client, i) =>
        {
            var action = new ClientAction(Effort: 1, assigned[i], Gamma: 1);
            var (pay, slope) = client.Terms(assigned[i], truthful, surrogate.MinimalLoss, errata);
            var terms = new RewardTerms(pay, slope);
            var payoff = SurrogatePayoff.AgainstTruthful(
                terms, client.Term, truthful + surrogate.MinimalLoss, action, client.Costs, protocol);
            var best = payoff.BestResponse(profiles[i].MaxBatchSize);
            return new ClientTheory(
                client.Client, client.Weight, client.Term.BatchSlope, client.Term.EffortSlope, client.LeastBatchSize(errata), optimal[i],
                assigned[i], slope, pay, payoff.Of(action), best, payoff.Of(best) - payoff.Of(action))
            {
                Precision = TermsPrecision.Of(new Assignment(1, assigned[i], 1, terms), client.Costs, protocol, surrogate, client.Client),
            };
        })];
    }
}
