namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>The deviations that a client tries by experience: jumps first, then steps, which get finer.</summary>
internal static class ExperienceMoves
{
    public const int Jumps = 6;
    public const int Steps = 6;

    /// <summary>A jump from the current behavior, whatever was tried before.</summary>
    /// <param name="jump">0 .. <see cref="Jumps"/> - 1.</param>
    /// <param name="current">The current behavior.</param>
    /// <param name="options">The least step in gamma is that of a token report.</param>
    /// <param name="asked">What is asked.</param>
    public static Behavior Jump(int jump, Behavior current, ExperienceOptions options, Assignment asked)
    {
        double oneSample = 1.0 / asked.BatchSize;
        return jump switch
        {
            0 => new Behavior(0, oneSample, 0),
            1 => current with { Effort = 0 },
            2 => Behavior.Of(asked.AsAction, asked),
            3 => current with { BatchFactor = oneSample },
            4 when current.BatchFactor > oneSample => new Behavior(0, oneSample, current.Gamma),
            4 => current, // what jump 1 is
            _ => new Behavior(0, oneSample, options.GammaStep * Math.Pow(0.5, options.Halvings)), // a token report
        };
    }

    /// <summary>A step from the current behavior.</summary>
    /// <param name="step">0 .. <see cref="Steps"/> - 1.</param>
    /// <param name="current">The current behavior.</param>
    /// <param name="level">How often steps were halved.</param>
    /// <param name="stride">How many steps at once.</param>
    /// <param name="options">The first steps.</param>
    /// <param name="asked">What is asked.</param>
    public static Behavior Step(int step, Behavior current, int level, double stride, ExperienceOptions options, Assignment asked)
    {
        double scale = stride * Math.Pow(0.5, level), gamma = options.GammaStep * scale, factor = Math.Pow(options.BatchStep, scale);

        // Pay is about linear in effort, so that fine steps find no better one.
        double effort = level == 0 ? options.EffortStep * stride : 0;
        return step switch
        {
            0 => current with { Gamma = current.Gamma + gamma },
            1 => current with { Gamma = Math.Max(0, current.Gamma - gamma) },
            2 => current with { BatchFactor = Math.Max(1.0 / asked.BatchSize, current.BatchFactor / factor) },
            3 => current with { BatchFactor = current.BatchFactor * factor },
            4 => current with { Effort = Math.Max(0, current.Effort - effort) },
            _ => current with { Effort = Math.Min(1, current.Effort + effort) },
        };
    }
}
