using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>What a block's replicates say.</summary>
/// <param name="Block">The block.</param>
/// <param name="Gains">Every deviation that was played at least twice.</param>
/// <param name="Clients">The clients with such deviations.</param>
public sealed record RegretResult(RegretBlock Block, IReadOnlyList<DeviationGain> Gains, IReadOnlyList<ClientRegret> Clients)
{
    /// <summary>Every coalition that was played at least twice.</summary>
    public IReadOnlyList<CoalitionGain> Coalitions { get; init; } = [];

    /// <summary>What a search found for each client, where one was made; no part of regrets and NashConv.</summary>
    public IReadOnlyList<AttackGain> Attacks { get; init; } = [];

    /// <summary>Whether a measured client stands for others that are not: then the sum of regrets is an extrapolation, not
    /// NashConv.</summary>
    public bool IsExtrapolated => Clients.Any(client => client.Client.Members > 1);

    /// <summary>The sum of regrets, in money, every measured client counted for as many as it stands for. Where each stands for itself
    /// (<see cref="IsExtrapolated"/> is false) it is NashConv of the measured clients (Lanctot et al., A Unified Game-Theoretic Approach to
    /// Multiagent Reinforcement Learning, 2017): 0 in an equilibrium.</summary>
    public double NashConv => Clients.Sum(client => client.Client.Members * client.Regret);

    /// <summary>An interval for that sum: the sums of the clients' limits, which hold together. Of an extrapolation it is not one for
    /// NashConv: nothing is known of clients that were not measured.</summary>
    public Interval NashConvLimits => new(
        Clients.Sum(client => client.Client.Members * client.Limits.Low),
        Clients.Sum(client => client.Client.Members * client.Limits.High));

    /// <summary>The largest regret of a measured client, in money: the profile is an epsilon-equilibrium with it, as far as the deviations
    /// tried go; null where nobody was measured.</summary>
    public double? Epsilon => Clients.Count == 0 ? null : Clients.Max(client => client.Regret);

    /// <summary>An interval for epsilon, from the clients' limits, which hold together; null where nobody was measured.</summary>
    public Interval? EpsilonLimits => Clients.Count == 0
        ? null
        : new Interval(Clients.Max(client => client.Limits.Low), Clients.Max(client => client.Limits.High));
}
