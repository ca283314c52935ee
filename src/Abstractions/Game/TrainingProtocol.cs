namespace FLCrowd;

/// <summary>How the crowd trains, the same for every client and known to all.</summary>
/// <param name="Rounds">Communication rounds T, at least 1.</param>
/// <param name="LocalSteps">Local SGD steps per round H, at least 1.</param>
/// <param name="StepSize">Step size eta, above 0.</param>
/// <param name="Replacement">Whether a mini-batch is drawn with replacement; without it D is at most the client's sample count.</param>
/// <param name="CostBasis">What the computation cost counts.</param>
public sealed record TrainingProtocol(int Rounds, int LocalSteps, double StepSize, bool Replacement, CostBasis CostBasis)
{
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

/// <summary>A client's costs, in money.</summary>
/// <param name="Labeling">c_l: labeling the whole local data set with effort 1.</param>
/// <param name="Computation">c_p: computing with one sample.</param>
public readonly record struct ClientCosts(double Labeling, double Computation)
{
    /// <summary>The cost of an action in one episode: c_l e + T c_p D (T H c_p D by local step).</summary>
    public double Of(ClientAction action, TrainingProtocol protocol) =>
        Labeling * action.Effort + protocol.ChargedSteps * Computation * action.BatchSize;
}
