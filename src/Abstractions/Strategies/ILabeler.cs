namespace FLCrowd;

/// <summary>A strategy that decides what label it writes down, beyond how much effort it makes.</summary>
public interface ILabeler : IStrategyCapability
{
    /// <summary>The label that the client gives to a sample.</summary>
    /// <param name="view">The sample and the label that the client's effort came to.</param>
    /// <returns>A class in 0 .. K - 1.</returns>
    int Label(in LabelView view);
}

/// <summary>One sample in the hands of a client that labels it.</summary>
public readonly record struct LabelView
{
    /// <summary>The client's index.</summary>
    public required int Client { get; init; }

    /// <summary>The sample's position in the client's data, from 0.</summary>
    public required int Sample { get; init; }

    /// <summary>What the client would write down: the true label where it made an effort, a random one elsewhere.</summary>
    public required int Label { get; init; }

    /// <summary>The number of classes K.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Draws of this client's labeler in this episode.</summary>
    public required Seed Seed { get; init; }
}
