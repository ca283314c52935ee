namespace FLCrowd.Strategies.Theory;

/// <summary>What the bounds on the loss assume of the constants and the step size.</summary>
public static class BoundAssumptions
{
    /// <summary>Checks what a bound cannot even be written down without.</summary>
    /// <param name="constants">The constants of the game's model.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="path">Where the bound was chosen in the configuration.</param>
    /// <exception cref="SettingException">Names the constant.</exception>
    public static void Check(LearningConstants constants, int clients, string path)
    {
        Require(constants.StrongConvexity > 0, $"mu (strong convexity) is {constants.StrongConvexity}; must be above 0");
        Require(
            constants.Smoothness >= constants.StrongConvexity,
            $"L (smoothness) is {constants.Smoothness}; must be at least mu = {constants.StrongConvexity}");
        Require(double.IsFinite(constants.Smoothness), "L (smoothness) is not finite");
        Require(constants.LabelNoise >= 0, $"beta (label noise) is {constants.LabelNoise}; must be at least 0");
        Require(constants.GradientNorm >= 0, $"G^2 (gradient norm) is {constants.GradientNorm}; must be at least 0");
        Require(constants.InitialDistance >= 0, $"|w_0 - w*|^2 is {constants.InitialDistance}; must be at least 0");
        RequireEach("sigma^2 (gradient variance)", constants.GradientVariance);
        RequireEach("d (heterogeneity)", constants.Heterogeneity);

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new SettingException(path, problem);
            }
        }

        void RequireEach(string name, PerClient constant)
        {
            Require(constant.Fits(clients), $"{name} has {constant.Values.Count} values; must have 1 or {clients}");
            for (int client = 0; client < constant.Values.Count; client++)
            {
                Require(constant.Values[client] >= 0, $"{name} of client {client} is {constant.Values[client]}; must be at least 0");
            }
        }
    }

    /// <summary>Where the proofs do not apply, although the formulas can be evaluated: eta must be at most 1 / (2 L).</summary>
    public static IReadOnlyList<string> Warnings(LearningConstants constants, TrainingProtocol protocol)
    {
        double largest = 1 / (2 * constants.Smoothness);
        return protocol.StepSize <= largest
            ? []
            : [$"the step size {protocol.StepSize:G4} is above 1/(2L) = {largest:G4}: the bound on the loss is not proved there"];
    }

    /// <summary>A bound as a surrogate: V_i = G^2 + sigma_i^2 / D_i + (1 - e_i) beta in every one.</summary>
    internal static LossSurrogate Surrogate(
        string name,
        LearningConstants constants, TrainingProtocol protocol, double constant, double[] a, double[] b, double[] q, string path) =>
        new LossSurrogate
        {
            Name = name,
            Constant = constant,
            MinimalLoss = constants.MinimalLoss,
            BatchSlope = new PerClient(a),
            EffortSlope = new PerClient(b),
            ReportCurvature = new PerClient(q),
            NormConstant = constants.GradientNorm,
            NormBatchSlope = constants.GradientVariance,
            NormEffortSlope = constants.LabelNoise,
            Constants = constants,
            Warnings = Warnings(constants, protocol),
        }.Validated(a.Length, path);

    /// <summary>1 + x + ... + x^(count - 1) for x = 1 - <paramref name="gap"/>.</summary>
    internal static double PowerSum(double gap, double count) => (1 - Math.Pow(1 - gap, count)) / gap;
}
