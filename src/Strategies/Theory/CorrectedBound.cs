namespace FLCrowd.Strategies.Theory;

/// <summary>
/// A bound on the loss that holds for every profile of actions, with one local step per round: with r = 1 - mu eta / 2, F(w_T) - F* is
/// at most (L/2) { r^T |w_0 - w*|^2 + (1 - r^T) / (1 - r) sum_i [(1 + mu eta / 2) eta^2 (6 L p_i d_i + p_i^2 sigma_i^2 / D_i)
/// + 2 (eta^2 + 2 eta / mu) p_i ((1 - e_i) beta + 2 (gamma_i - 1)^2 V_i)] }, V_i as in <see cref="Theorem1"/>.
/// </summary>
/// <remarks>
/// The paper splits |x + y|^2 into 2|x|^2 + 2|y|^2 in (11) and then drops the 2, which exceeds the contraction. Here it is
/// (1 + alpha)|x|^2 + (1 + 1/alpha)|y|^2 with alpha = mu eta / 2, for the bias that deviations bring; noise of the batches is independent
/// between clients and of mean 0. docs/errata.md has the derivation.
/// </remarks>
public static class CorrectedBound
{
    /// <summary>The name of the surrogate.</summary>
    public const string Name = "corrected";

    /// <summary>The right-hand side.</summary>
    /// <param name="constants">The constants of the game's model.</param>
    /// <param name="weights">p_i in client order.</param>
    /// <param name="profile">What every client does, in client order.</param>
    /// <param name="protocol">How the crowd trains; one local step per round.</param>
    /// <exception cref="SettingException">There is more than one local step per round.</exception>
    public static double Bound(
        LearningConstants constants, IReadOnlyList<double> weights, IReadOnlyList<ClientAction> profile, TrainingProtocol protocol)
    {
        CheckLocalSteps(protocol);
        var (noise, bias) = Rates(constants, protocol);
        double sum = 0;
        for (int i = 0; i < profile.Count; i++)
        {
            var (action, p, variance) = (profile[i], weights[i], constants.GradientVariance[i] / profile[i].BatchSize);
            double shirked = (1 - action.Effort) * constants.LabelNoise;
            sum += noise * (6 * constants.Smoothness * p * constants.Heterogeneity[i] + p * p * variance)
                + bias * p * (shirked + 2 * Math.Pow(action.Gamma - 1, 2) * (constants.GradientNorm + variance + shirked));
        }

        return Start(constants, protocol) + sum;
    }

    /// <summary>The bound as a function of every client's own action.</summary>
    /// <param name="constants">The constants of the game's model.</param>
    /// <param name="weights">p_i in client order.</param>
    /// <param name="protocol">How the crowd trains; one local step per round.</param>
    /// <param name="path">Where the bound was chosen in the configuration.</param>
    /// <exception cref="SettingException">There is more than one local step per round, or a constant is out of range.</exception>
    public static LossSurrogate Surrogate(
        LearningConstants constants, IReadOnlyList<double> weights, TrainingProtocol protocol, string path = Name)
    {
        CheckLocalSteps(protocol);
        BoundAssumptions.Check(constants, weights.Count, path);
        var (noise, bias) = Rates(constants, protocol);
        double constant = Start(constants, protocol);
        var (a, b, q) = (new double[weights.Count], new double[weights.Count], new double[weights.Count]);
        for (int i = 0; i < weights.Count; i++)
        {
            double p = weights[i];
            constant += noise * 6 * constants.Smoothness * p * constants.Heterogeneity[i];
            a[i] = noise * p * p * constants.GradientVariance[i];
            b[i] = bias * p * constants.LabelNoise;
            q[i] = 2 * bias * p;
        }

        return BoundAssumptions.Surrogate(Name, constants, protocol, constant, a, b, q, path);
    }

    private static void CheckLocalSteps(TrainingProtocol protocol)
    {
        if (protocol.LocalSteps > 1)
        {
            throw new SettingException(
                "learning.local-steps",
                $"is {protocol.LocalSteps}, but the corrected bound is proved for 1 only; "
                + "use local-steps = 1, or the surrogate pilot or theorem1");
        }
    }

    private static double Start(LearningConstants constants, TrainingProtocol protocol) =>
        constants.Smoothness / 2 * constants.InitialDistance
        * Math.Pow(1 - constants.StrongConvexity * protocol.StepSize / 2, protocol.Rounds);

    /// <summary>What a unit of noise and a unit of bias in every round come to after T rounds, in loss.</summary>
    private static (double Noise, double Bias) Rates(LearningConstants constants, TrainingProtocol protocol)
    {
        double eta = protocol.StepSize, half = constants.StrongConvexity * eta / 2;
        double rounds = constants.Smoothness / 2 * BoundAssumptions.PowerSum(half, protocol.Rounds);
        return (rounds * (1 + half) * eta * eta, rounds * 2 * (eta * eta + 2 * eta / constants.StrongConvexity));
    }
}
