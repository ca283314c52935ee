using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Theory;

/// <summary>A random game under LCEME over a bound, with assignments of at least D_min and at most 400.</summary>
internal sealed class RandomGame
{
    private const int Largest = 400;

    public RandomGame(uint seed)
    {
        Draws = new Draws(seed);
        int count = Draws.Whole(1, 4);
        bool corrected = Draws.Whole(0, 1) == 0;
        var constants = Draws.Constants(count);
        var protocol = Draws.Protocol(constants, corrected ? 1 : 5);
        var weights = Draws.Weights(count);
        Surrogate = corrected
            ? CorrectedBound.Surrogate(constants, weights, protocol)
            : Theorem1.Surrogate(constants, weights, protocol);
        MoneyPerLoss = Draws.Scale(0.1, 100);

        // Costs such that both branches of D* and all batch sizes up to the largest come up.
        Clients = [.. weights.Select((weight, i) =>
        {
            var term = Surrogate.Client(i);
            double sampleCost = MoneyPerLoss * term.BatchSlope / Math.Pow(Draws.Scale(0.5, 600), 2);
            double labeling = sampleCost * term.EffortSlope / term.BatchSlope * Math.Pow(Draws.Scale(0.5, 390), 2);
            return new LcemeClient(i, weight, term, new ClientCosts(labeling, sampleCost / protocol.ChargedSteps), protocol).Validated();
        })];
        BatchSizes = [.. Clients.Select(client => Draws.Whole(0, 1) == 0
            ? client.Assign(MoneyPerLoss, Largest)
            : Draws.Whole(client.Assign(1e-12, Largest), Largest))];
        Truthful = Surrogate.TruthfulLoss(BatchSizes);
    }

    public Draws Draws { get; }

    public LossSurrogate Surrogate { get; }

    public LcemeClient[] Clients { get; }

    public int[] BatchSizes { get; }

    public double Truthful { get; }

    public double MoneyPerLoss { get; }

    public SurrogatePayoff Payoff(int client, Errata errata)
    {
        var (pay, slope) = Clients[client].Terms(BatchSizes[client], Truthful, Surrogate.MinimalLoss, errata);
        return SurrogatePayoff.AgainstTruthful(
            new RewardTerms(pay, slope), Clients[client].Term, Truthful + Surrogate.MinimalLoss,
            new ClientAction(1, BatchSizes[client], 1), Clients[client].Costs, Clients[client].Protocol);
    }
}
