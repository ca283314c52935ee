namespace FLCrowd.Model.Quadratic;

/// <summary>The constants of a quadratic world, all of them exact.</summary>
internal static class QuadraticConstants
{
    public static LearningConstants Of(QuadraticWorld world, TrainingProtocol protocol)
    {
        double[] optimum = [.. world.Optimum];
        double mu = double.PositiveInfinity, l = 0, beta = 0, distance = 0;
        for (int k = 0; k < world.Dimension; k++)
        {
            (mu, l) = (Math.Min(mu, world.Curvature[k]), Math.Max(l, world.Curvature[k]));
            beta += Square(world.Curvature[k] * world.Shift[k]);
            distance += Square(world.Initial[k] - optimum[k]);
        }

        double norm = GradientNorm(world, protocol);
        return new LearningConstants
        {
            Smoothness = l,
            StrongConvexity = mu,
            GradientVariance = world.Dimension * world.Noise,
            LabelNoise = beta,
            GradientNorm = double.IsFinite(norm)
                ? norm
                : throw new SettingException(
                    "learning.step-size", $"is {protocol.StepSize}, and truthful training diverges; it must be smaller"),

            // min F_i is 0, at a_i.
            Heterogeneity = new PerClient([.. Enumerable.Range(0, world.ClientCount).Select(client => world.LossOf(client, optimum))]),
            MinimalLoss = world.MinimalLoss,
            InitialDistance = distance,
        };
    }

    /// <summary>
    /// The greatest |grad F_i(w_t)|^2 of truthful rounds without noise, w_t - w* = (1 - eta Lambda)^(H t) (w_0 - w*). Within a round
    /// a client comes nearer to a_i, so no local step has a greater one where eta is at most 2/L.
    /// </summary>
    private static double GradientNorm(QuadraticWorld world, TrainingProtocol protocol)
    {
        double greatest = 0;
        for (int round = 0; round <= protocol.Rounds; round++)
        {
            var model = new double[world.Dimension];
            for (int k = 0; k < model.Length; k++)
            {
                double keep = Math.Pow(1 - protocol.StepSize * world.Curvature[k], (double)protocol.LocalSteps * round);
                model[k] = world.Optimum[k] + keep * (world.Initial[k] - world.Optimum[k]);
            }

            for (int client = 0; client < world.ClientCount; client++)
            {
                double norm = 0;
                for (int k = 0; k < model.Length; k++)
                {
                    norm += Square(world.Curvature[k] * (model[k] - world.Centre(client)[k]));
                }

                // NaN stays, as it would not in a comparison.
                greatest = Math.Max(greatest, norm);
            }
        }

        return greatest;
    }

    private static double Square(double x) => x * x;
}
