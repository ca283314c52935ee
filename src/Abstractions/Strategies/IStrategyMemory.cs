using System.Buffers;

namespace FLCrowd;

/// <summary>
/// A strategy that learns from its own outcomes. What it remembers is saved with checkpoints and moves with the client, always
/// between episodes: what holds for one episode only need not be remembered.
/// </summary>
public interface IStrategyMemory : IStrategyCapability
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
public readonly record struct EpisodeOutcome
{
    /// <summary>The episode within this game, from 0.</summary>
    public required int Episode { get; init; }

    /// <summary>What the client did.</summary>
    public required ClientAction Action { get; init; }

    /// <summary>What the server paid (r_i), in money; may be negative.</summary>
    public required double Reward { get; init; }

    /// <summary>What the action cost the client, in money.</summary>
    public required double Cost { get; init; }

    /// <summary>The loss f that the reward is based on, as the mechanism was told it.</summary>
    public required double TestLoss { get; init; }

    /// <summary>The client's payoff u_i: reward less cost.</summary>
    public double Payoff => Reward - Cost;
}
