namespace FLCrowd;

/// <summary>
/// The constants that the paper's bounds on the loss are made of (Assumptions 1 to 5 and Theorem 1). F_i is client i's loss,
/// F = sum_i p_i F_i, w* minimises F.
/// </summary>
public sealed record LearningConstants
{
    /// <summary>L: every F_i is L-smooth (Assumption 1); at least <see cref="StrongConvexity"/>.</summary>
    public required double Smoothness { get; init; }

    /// <summary>mu: every F_i is mu-strongly convex (Assumption 2); above 0.</summary>
    public required double StrongConvexity { get; init; }

    /// <summary>sigma_i^2: the variance of one sample's gradient (Assumption 3); at least 0.</summary>
    public required PerClient GradientVariance { get; init; }

    /// <summary>beta: the mean squared change of a sample's gradient by labels without effort (Assumption 4); at least 0.</summary>
    public required double LabelNoise { get; init; }

    /// <summary>G^2: bounds the expected squared norm of a client's gradient (Assumption 5); at least 0.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>d_i = F_i(w*) - min F_i, at least 0 (Theorem 1).</summary>
    public required PerClient Heterogeneity { get; init; }

    /// <summary>F* = F(w*).</summary>
    public required double MinimalLoss { get; init; }

    /// <summary>|w_0 - w*|^2, at least 0.</summary>
    public required double InitialDistance { get; init; }
}

/// <summary>
/// A model that knows or can estimate the constants of the bounds: an optional capability of an <see cref="ILearningModel"/> whose
/// loss is smooth and strongly convex.
/// </summary>
public interface IConstantsEstimator
{
    /// <summary>Estimates the constants for a game in which all clients do what they are asked. Equal arguments give equal bits.</summary>
    /// <param name="protocol">How the crowd trains; constants that are maxima over a trajectory depend on it.</param>
    /// <param name="batchSizes">The assigned batch size D' of every client, in client order.</param>
    LearningConstants Estimate(TrainingProtocol protocol, IReadOnlyList<int> batchSizes);
}

/// <summary>Asks a model for the constants of the bounds.</summary>
public static class ConstantsEstimation
{
    /// <summary>The constants of a model, or the refusal that every user of a bound gives for a model without them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="choice">How it was chosen, for the message.</param>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="batchSizes">The assigned batch sizes, in client order.</param>
    /// <exception cref="SettingException">The model has no such constants: its loss is not known to be smooth and strongly convex.</exception>
    public static LearningConstants EstimateConstants(
        this ILearningModel model, PluginChoice choice, TrainingProtocol protocol, IReadOnlyList<int> batchSizes) =>
        model is IConstantsEstimator estimator
            ? estimator.Estimate(protocol, batchSizes)
            : throw new SettingException(
                choice.Path,
                $"the model '{choice.Name}' is not known to be smooth and strongly convex (Assumptions 1 and 2), so the constants L, mu, "
                + "sigma^2, beta and G^2 of a bound do not exist for it; use a surrogate that is measured (pilot) or given");
}
