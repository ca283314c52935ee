using System.Buffers;

namespace FLCrowd;

/// <summary>
/// A strategy that learns from its own outcomes. What it remembers is saved with checkpoints and moves with the client, always
/// between episodes: what holds for one episode only need not be remembered.
/// </summary>
public interface IStrategyMemory
{
    /// <summary>Takes note of how the episode ended that was chosen for last.</summary>
    void Observe(EpisodeOutcome outcome);

    /// <summary>Writes all that the next choice depends on. Equal memories write equal bytes.</summary>
    void Save(IBufferWriter<byte> writer);

    /// <summary>
    /// Becomes the strategy that wrote <paramref name="memory"/>; called on a new instance of the same options. From here on both
    /// choose alike.
    /// </summary>
    void Load(ReadOnlySpan<byte> memory);
}

/// <summary>How an episode ended for one client, as the client itself sees it.</summary>
/// <param name="Episode">The episode within this game, from 0.</param>
/// <param name="Action">What the client did.</param>
/// <param name="Reward">What the server paid (r_i), in money; may be negative.</param>
/// <param name="Cost">What the action cost the client, in money.</param>
/// <param name="TestLoss">The loss f that the reward is based on (<see cref="PaymentView.TestLoss"/>).</param>
public readonly record struct EpisodeOutcome(int Episode, ClientAction Action, double Reward, double Cost, double TestLoss)
{
    /// <summary>The client's payoff u_i: reward less cost.</summary>
    public double Payoff => Reward - Cost;
}
