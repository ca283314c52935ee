namespace FLCrowd;

/// <summary>A client's labeling work of one episode.</summary>
public sealed record LabelingTask
{
    /// <summary>The client's index.</summary>
    public required int Client { get; init; }

    /// <summary>Its effort e in [0, 1].</summary>
    public required double Effort { get; init; }

    /// <summary>What the client makes of each label; null: it writes it down as it is.</summary>
    public ILabeler? Labeler { get; init; }

    /// <summary>Draws of this client's labeling in this episode.</summary>
    public required Seed Seed { get; init; }
}

/// <summary>A client's data as it labeled them: made by <see cref="ILearningModel.Label"/>, read by the same model only.</summary>
/// <param name="Client">The client's index.</param>
/// <param name="Effort">The effort that was made.</param>
/// <param name="Given">One label per sample; null where the labels are the true ones, or where there is nothing to label.</param>
public sealed record ClientLabels(int Client, double Effort, byte[]? Given);

/// <summary>One client's training work of one round.</summary>
public readonly record struct LocalTask
{
    /// <summary>The client's labeled data.</summary>
    public required ClientLabels Labels { get; init; }

    /// <summary>The mini-batch size D of each local step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Draws of this client in this round: the batches of its local steps.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Takes the local model w_{t,H}; <see cref="ILearningModel.ParameterCount"/> long.</summary>
    public required Memory<float> Local { get; init; }
}
