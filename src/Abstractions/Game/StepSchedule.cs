namespace FLCrowd;

/// <summary>How step sizes go on from the first one, eta_1 (<see cref="TrainingProtocol.StepSize"/>), over an episode's T rounds.</summary>
public sealed record StepSchedule
{
    /// <summary>The shape.</summary>
    public required StepShape Shape { get; init; }

    /// <summary>What the shape needs.</summary>
    public required ValueList<double> Values { get; init; }

    /// <summary>eta_t.</summary>
    /// <param name="first">eta_1, above 0.</param>
    /// <param name="round">The round t, from 1 to T.</param>
    /// <param name="rounds">T.</param>
    public double At(double first, int round, int rounds) => Shape switch
    {
        StepShape.Linear => rounds == 1 ? first : first + (Values[0] - first) * (round - 1) / (rounds - 1),
        StepShape.InverseTime => first / (1 + Values[0] * (round - 1)),
        _ => (int)((long)(round - 1) * (Values.Count + 1) / rounds) is var piece && piece == 0 ? first : Values[piece - 1],
    };
}

/// <summary>Shapes of <see cref="StepSchedule"/>.</summary>
public enum StepShape
{
    /// <summary>eta_t = eta_1 + (eta_T - eta_1) (t - 1) / (T - 1); the value is eta_T, above 0.</summary>
    Linear,

    /// <summary>eta_t = eta_1 / (1 + d (t - 1)); the value is the decay d, at least 0.</summary>
    InverseTime,

    /// <summary>Constant in each of k parts of the rounds, as equal as can be; the values are those of the second to the last.</summary>
    Pieces,
}
