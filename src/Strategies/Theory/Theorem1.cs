namespace FLCrowd.Strategies.Theory;

/// <summary>
/// The paper's bound on the loss, Theorem 1, as printed: F(w_T) - F* is at most
/// L (1 - mu eta)^(TH) |w_0 - w*|^2 + A sum_i [6 L p_i d_i + p_i^2 sigma_i^2 / D_i + p_i (1 - e_i) beta + 2 p_i ((gamma_i - 1)^2 + h) V_i],
/// h = (H - 1)^2, V_i = G^2 + sigma_i^2 / D_i + (1 - e_i) beta.
/// </summary>
/// <remarks>
/// It does not follow from the paper's proof, and for clients that deviate it is false (docs/errata.md). <see cref="CorrectedBound"/>
/// holds, for one local step.
/// </remarks>
public static class Theorem1
{
    /// <summary>The name of the surrogate.</summary>
    public const string Name = "theorem1";

    /// <summary>A = 2 L eta (1 - (1 - mu eta)^(TH)) / mu (Definition 3).</summary>
    public static double Scale(LearningConstants constants, TrainingProtocol protocol) =>
        2 * constants.Smoothness * protocol.StepSize * protocol.StepSize
        * BoundAssumptions.PowerSum(constants.StrongConvexity * protocol.StepSize, Steps(protocol));

    /// <summary>h = (H - 1)^2: what more than one local step per round costs.</summary>
    public static double Drift(TrainingProtocol protocol) => Math.Pow(protocol.LocalSteps - 1, 2);

    /// <summary>The right-hand side of (6).</summary>
    /// <param name="constants">The constants of the game's model.</param>
    /// <param name="weights">p_i in client order.</param>
    /// <param name="profile">What every client does, in client order.</param>
    /// <param name="protocol">How the crowd trains.</param>
    public static double Bound(
        LearningConstants constants, IReadOnlyList<double> weights, IReadOnlyList<ClientAction> profile, TrainingProtocol protocol)
    {
        double sum = 0;
        for (int i = 0; i < profile.Count; i++)
        {
            var (action, p, variance) = (profile[i], weights[i], constants.GradientVariance[i] / profile[i].BatchSize);
            double shirked = (1 - action.Effort) * constants.LabelNoise;
            sum += 6 * constants.Smoothness * p * constants.Heterogeneity[i] + p * p * variance + p * shirked
                + 2 * p * (Math.Pow(action.Gamma - 1, 2) + Drift(protocol)) * (constants.GradientNorm + variance + shirked);
        }

        return Start(constants, protocol) + Scale(constants, protocol) * sum;
    }

    /// <summary>The bound as a function of every client's own action.</summary>
    /// <param name="constants">The constants of the game's model.</param>
    /// <param name="weights">p_i in client order.</param>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="path">Where the bound was chosen in the configuration.</param>
    /// <exception cref="SettingException">A constant is out of range.</exception>
    public static LossSurrogate Surrogate(
        LearningConstants constants, IReadOnlyList<double> weights, TrainingProtocol protocol, string path = Name)
    {
        BoundAssumptions.Check(constants, weights.Count, path);
        double scale = Scale(constants, protocol), drift = Drift(protocol);
        double constant = Start(constants, protocol);
        var (a, b, q) = (new double[weights.Count], new double[weights.Count], new double[weights.Count]);
        for (int i = 0; i < weights.Count; i++)
        {
            double p = weights[i];
            constant += scale * p * (6 * constants.Smoothness * constants.Heterogeneity[i] + 2 * drift * constants.GradientNorm);
            a[i] = scale * constants.GradientVariance[i] * p * (p + 2 * drift);
            b[i] = scale * p * constants.LabelNoise * (1 + 2 * drift);
            q[i] = 2 * scale * p;
        }

        return BoundAssumptions.Surrogate(Name, constants, protocol, constant, a, b, q, path);
    }

    private static double Start(LearningConstants constants, TrainingProtocol protocol) =>
        constants.Smoothness * Math.Pow(1 - constants.StrongConvexity * protocol.StepSize, Steps(protocol)) * constants.InitialDistance;

    private static double Steps(TrainingProtocol protocol) => (double)protocol.Rounds * protocol.LocalSteps;
}
