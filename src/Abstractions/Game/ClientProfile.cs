namespace FLCrowd;

/// <summary>What the server knows of a client.</summary>
public sealed record ClientProfile
{
    /// <summary>The client's index i, from 0.</summary>
    public required int Client { get; init; }

    /// <summary>Its aggregation weight p_i.</summary>
    public required double Weight { get; init; }

    /// <summary>Its costs, which the paper takes as known to the server. Where not all clients take part in all rounds, computation costs
    /// c_p times <see cref="ParticipationRate"/>, so that T of them are what an episode is expected to cost.</summary>
    public required ClientCosts Costs { get; init; }

    /// <summary>The share of the rounds in which the server asks it, in [0, 1]: the probability of each, or what the schedule
    /// says.</summary>
    public double ParticipationRate { get; init; } = 1;

    /// <summary>How many samples it holds.</summary>
    public required int SampleCount { get; init; }

    /// <summary>The largest batch it can draw.</summary>
    public required int MaxBatchSize { get; init; }

    /// <summary>The batch size D' that the configuration asks for, or null where the mechanism is to find it
    /// (<c>assignment = optimal</c>).</summary>
    public int? BatchSize { get; init; }
}
