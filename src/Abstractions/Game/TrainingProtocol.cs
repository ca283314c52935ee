namespace FLCrowd;

/// <summary>How the crowd trains, the same for every client and known to all.</summary>
public sealed record TrainingProtocol
{
    /// <summary>Communication rounds T, at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>Local SGD steps per round H, at least 1.</summary>
    public required int LocalSteps { get; init; }

    /// <summary>Step size eta, above 0; with a <see cref="Schedule"/>, eta_1.</summary>
    public required double StepSize { get; init; }

    /// <summary>How step sizes go on from round to round; null: they stay as they are.</summary>
    public StepSchedule? Schedule { get; init; }

    /// <summary>Server momentum beta in [0, 1): the server adds beta (w_{t-1} - w_{t-2}) to what it makes of the reports, w_{-1} = w_0
    /// (FedAvgM: Hsu, Qi, Brown 2019).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether all rounds are alike: one step size, no momentum.</summary>
    public bool IsConstant => Schedule is null && Momentum == 0;

    /// <summary>Whether a mini-batch is drawn with replacement; without it D is at most the client's sample count.</summary>
    public bool Replacement { get; init; } = true;

    /// <summary>What the computation cost counts.</summary>
    public CostBasis CostBasis { get; init; } = CostBasis.Round;

    /// <summary>Samples that are charged per unit of batch size in an episode: T, or T H.</summary>
    public double ChargedSteps => CostBasis == CostBasis.LocalStep ? (double)Rounds * LocalSteps : Rounds;

    /// <summary>eta_t.</summary>
    /// <param name="round">The round t, from 1 to T.</param>
    public double StepSizeAt(int round) => Schedule?.At(StepSize, round, Rounds) ?? StepSize;

    /// <summary>The protocol as clients train by it in one round: its <see cref="StepSize"/> is eta_t.</summary>
    /// <param name="round">The round t, from 1 to T.</param>
    public TrainingProtocol InRound(int round) => Schedule is null ? this : this with { StepSize = StepSizeAt(round), Schedule = null };
}

/// <summary>What a client's computation cost is charged for.</summary>
public enum CostBasis
{
    /// <summary>c_p D per round, as the paper prints it: T c_p D an episode.</summary>
    Round,

    /// <summary>c_p D per local step: T H c_p D an episode.</summary>
    LocalStep,
}
