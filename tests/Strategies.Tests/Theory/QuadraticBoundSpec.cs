using FLCrowd.Model.Quadratic;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Strategies.Tests.Theory;

/// <summary>The bounds against the exact loss of quadratic worlds, with exact constants.</summary>
public class QuadraticBoundSpec
{
    private const int Worlds = 3000;

    [Fact]
    public void The_printed_bound_fails_where_one_client_shirks_and_the_corrected_one_holds()
    {
        // One client, F = |w|^2 / 2, eta = .01, T = 4000; wrong labels shift its gradient by 1, so beta = 1.
        var options = new QuadraticOptions { Dimension = 2, CentreDeviation = 0, Noise = 0, Shift = 1 };
        var world = World(options, [1], seed: 1);
        var protocol = new TrainingProtocol { Rounds = 4000, LocalSteps = 1, StepSize = 0.01 };
        ClientAction[] shirking = [new(0, 1, 1)];
        var constants = Constants(world, [1], shirking, protocol);
        Assert.Equal(0.500, world.ExpectedLoss(shirking, protocol) - world.MinimalLoss, 0.0005);
        Assert.Equal(0.020, Theorem1.Bound(constants, [1], shirking, protocol), 0.0005);
        Assert.Equal(4.02, CorrectedBound.Bound(constants, [1], shirking, protocol), 0.005);
    }

    [Fact]
    public void The_corrected_bound_holds_in_random_worlds_and_the_printed_one_for_truthful_clients_only()
    {
        var (printedTruthful, printedDeviating, correctedTruthful, correctedDeviating) = (0, 0, 0, 0);
        for (uint seed = 0; seed < Worlds; seed++)
        {
            var draws = new Draws(seed);
            int clients = draws.Whole(1, 8), dimension = draws.Whole(2, 4);
            double[] weights = draws.Weights(clients);
            var options = new QuadraticOptions
            {
                Dimension = dimension,
                Curvature = draws.Many(dimension, () => draws.Scale(0.2, 2)),
                CentreDeviation = draws.Between(0, 1),
                Noise = draws.Scale(0.01, 50),
                Shift = draws.Between(-10, 10),
            };
            var world = World(options, weights, seed);
            double smoothness = world.Curvature.ToArray().Max();
            var protocol = new TrainingProtocol
            {
                Rounds = (int)draws.Scale(1, 1000),
                LocalSteps = 1,
                StepSize = draws.Scale(0.01, 1) / (2 * smoothness),
            };
            ClientAction[] deviating = [.. weights.Select(_ => draws.Action())];
            ClientAction[] truthful = [.. deviating.Select(action => new ClientAction(1, action.BatchSize, 1))];
            printedTruthful += Fails(truthful, Theorem1.Bound);
            printedDeviating += Fails(deviating, Theorem1.Bound);
            correctedTruthful += Fails(truthful, CorrectedBound.Bound);
            correctedDeviating += Fails(deviating, CorrectedBound.Bound);

            int Fails(ClientAction[] profile, Func<LearningConstants, double[], ClientAction[], TrainingProtocol, double> bound) =>
                world.ExpectedLoss(profile, protocol) - world.MinimalLoss
                    > bound(Constants(world, weights, profile, protocol), weights, profile, protocol) * (1 + 1e-9) ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"violations in {Worlds} worlds: printed {printedTruthful} truthful, {printedDeviating} deviating; "
            + $"corrected {correctedTruthful} truthful, {correctedDeviating} deviating");
        Assert.Equal((0, 0, 0), (printedTruthful, correctedTruthful, correctedDeviating));
        Assert.True(printedDeviating > 10, $"the printed bound failed in {printedDeviating} worlds only");
    }

    private static QuadraticWorld World(QuadraticOptions options, double[] weights, ulong seed) => QuadraticWorld.Create(
        options,
        new LearningSetup(() => throw new InvalidOperationException("a quadratic world has no data"))
        {
            Seed = new Seed(seed),
            Weights = weights,
            Partition = new PartitionSettings { Choice = new PluginChoice("iid"), SamplesPerClient = 1 },
        });

    /// <summary>The constants of a world, with G^2 over the very trajectory that a profile of actions takes.</summary>
    private static LearningConstants Constants(QuadraticWorld world, double[] weights, ClientAction[] profile, TrainingProtocol protocol)
    {
        double[] curvature = world.Curvature.ToArray(), optimum = [.. world.Optimum];
        double distance = 0, labelNoise = 0;
        for (int k = 0; k < world.Dimension; k++)
        {
            distance += Math.Pow(world.Initial[k] - optimum[k], 2);
            labelNoise += Math.Pow(curvature[k] * world.Shift[k], 2);
        }

        return new LearningConstants
        {
            Smoothness = curvature.Max(),
            StrongConvexity = curvature.Min(),
            GradientVariance = world.Noise * world.Dimension,
            LabelNoise = labelNoise,
            GradientNorm = GradientNorm(world, weights, profile, protocol),
            Heterogeneity = new PerClient([.. profile.Select((_, client) => world.LossOf(client, optimum))]),
            MinimalLoss = world.MinimalLoss,
            InitialDistance = distance,
        };
    }

    /// <summary>max over i and t of E |grad F_i(w_t)|^2, from the mean and variance of w_t round by round.</summary>
    private static double GradientNorm(QuadraticWorld world, double[] weights, ClientAction[] profile, TrainingProtocol protocol)
    {
        var (mean, variance) = (world.Initial.ToArray(), new double[world.Dimension]);
        double largest = 0;
        for (int round = 0; round < protocol.Rounds; round++)
        {
            for (int client = 0; client < profile.Length; client++)
            {
                double norm = 0;
                for (int k = 0; k < mean.Length; k++)
                {
                    norm += Math.Pow(world.Curvature[k], 2) * (Math.Pow(mean[k] - world.Centre(client)[k], 2) + variance[k]);
                }

                largest = Math.Max(largest, norm);
            }

            for (int k = 0; k < mean.Length; k++)
            {
                double rate = protocol.StepSize * world.Curvature[k], pull = 0, target = 0, noise = 0;
                for (int client = 0; client < profile.Length; client++)
                {
                    double share = weights[client] * profile[client].Gamma;
                    pull += share;
                    target += share * (world.Centre(client)[k] + (1 - profile[client].Effort) * world.Shift[k]);
                    noise += share * share * world.Noise / profile[client].BatchSize;
                }

                mean[k] += rate * (target - pull * mean[k]);
                variance[k] = Math.Pow(1 - rate * pull, 2) * variance[k] + protocol.StepSize * protocol.StepSize * noise;
            }
        }

        return largest;
    }
}
