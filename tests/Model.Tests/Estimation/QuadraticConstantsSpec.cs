using FLCrowd.Model.Quadratic;

namespace FLCrowd.Model.Tests.Estimation;

public class QuadraticConstantsSpec
{
    [Fact]
    public void One_client_has_the_constants_computed_by_hand()
    {
        // Centred on 0, w_0 = (1, 0). Labels without effort move the gradient by 2 * 3 on the second axis.
        var options = new QuadraticOptions { Dimension = 2, Curvature = [1, 2], Noise = 5, Shift = 3 };
        var constants = Estimate(options, [1], Worlds.Protocol(rounds: 2, stepSize: 0.1), out _);
        Assert.Equal((2, 1, 36), (constants.Smoothness, constants.StrongConvexity, constants.LabelNoise));
        Assert.Equal([10], constants.GradientVariance.Values);
        Assert.Equal([0], constants.Heterogeneity.Values);
        Assert.Equal((0, 1, 1), (constants.MinimalLoss, constants.InitialDistance, constants.GradientNorm));

        // A step of 3 doubles the distance and turns it round: 1, -2, 4; with two local steps -2 in between, 4, 16.
        Assert.Equal(16, Estimate(options, [1], Worlds.Protocol(rounds: 2, stepSize: 3), out _).GradientNorm, 10);
        Assert.Equal(256, Estimate(options, [1], Worlds.Protocol(2, 2, 3), out _).GradientNorm, 10);
    }

    [Fact]
    public void Several_clients_are_as_far_apart_as_their_centres()
    {
        double[] weights = [0.5, 0.3, 0.2];
        var options = new QuadraticOptions { Dimension = 3, Curvature = [1, 2, 0.5], CentreDeviation = 2 };
        var constants = Estimate(options, weights, Worlds.Protocol(rounds: 50, stepSize: 0.3), out var world);
        double[] own = [.. weights.Select((_, client) => OfCentre(client, (l, a) => l * a * a / 2))];
        Assert.Equal(own, constants.Heterogeneity.Values, (x, y) => Math.Abs(x - y) < 1e-10);
        Assert.Equal(own.Zip(weights, (d, p) => d * p).Sum(), constants.MinimalLoss, 10);

        // The path from w_0 to w* is straight and |grad F_i|^2 convex, so it is greatest at one of the ends.
        var atStart = weights.Select((_, client) => OfCentre(client, (l, a) => l * l * a * a)
            + Square(1 - world.Centre(client)[0]) - Square(world.Centre(client)[0]));
        var atEnd = weights.Select((_, client) => OfCentre(client, (l, a) => l * l * a * a));
        Assert.Equal(atStart.Concat(atEnd).Max(), constants.GradientNorm, 1e-6);

        double OfCentre(int client, Func<double, double, double> term) =>
            Enumerable.Range(0, 3).Sum(k => term(world.Curvature[k], world.Centre(client)[k]));
    }

    private static LearningConstants Estimate(
        QuadraticOptions options, double[] weights, TrainingProtocol protocol, out QuadraticWorld world)
    {
        world = QuadraticWorld.Create(options, Worlds.Setup(Worlds.Mnist, weights.Length, 1, weights: weights));
        using var model = new QuadraticModel(world);
        return model.Estimate(protocol, [.. weights.Select(_ => 10)]);
    }

    private static double Square(double x) => x * x;
}
