namespace FLCrowd;

/// <summary>What the server knows of a client.</summary>
public sealed record ClientProfile
{
    /// <summary>The client's index i, from 0.</summary>
    public required int Client { get; init; }

    /// <summary>Its aggregation weight p_i.</summary>
    public required double Weight { get; init; }

    /// <summary>Its costs, which the paper takes as known to the server.</summary>
    public required ClientCosts Costs { get; init; }

    /// <summary>How many samples it holds.</summary>
    public required int SampleCount { get; init; }

    /// <summary>The largest batch it can draw.</summary>
    public required int MaxBatchSize { get; init; }

    /// <summary>The batch size D' that the configuration asks for, or null where the mechanism is to find it
    /// (<c>assignment = optimal</c>).</summary>
    public int? BatchSize { get; init; }
}
