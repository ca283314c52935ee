namespace FLCrowd;

/// <summary>How the crowd trains, the same for every client and known to all.</summary>
public sealed record TrainingProtocol
{
    /// <summary>Communication rounds T, at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>Local SGD steps per round H, at least 1.</summary>
    public required int LocalSteps { get; init; }

    /// <summary>Step size eta, above 0.</summary>
    public required double StepSize { get; init; }

    /// <summary>Whether a mini-batch is drawn with replacement; without it D is at most the client's sample count.</summary>
    public bool Replacement { get; init; } = true;

    /// <summary>What the computation cost counts.</summary>
    public CostBasis CostBasis { get; init; } = CostBasis.Round;

    /// <summary>Samples that are charged per unit of batch size in an episode: T, or T H.</summary>
    public double ChargedSteps => CostBasis == CostBasis.LocalStep ? (double)Rounds * LocalSteps : Rounds;
}

/// <summary>What a client's computation cost is charged for.</summary>
public enum CostBasis
{
    /// <summary>c_p D per round, as the paper prints it: T c_p D an episode.</summary>
    Round,

    /// <summary>c_p D per local step: T H c_p D an episode.</summary>
    LocalStep,
}
