using FLCrowd.Model.Estimation;

namespace FLCrowd.Model.Tests.Estimation;

/// <summary>
/// The constants of the default game against measurements made elsewhere: 10 clients of 1000 samples of MNIST, heterogeneity 0.4,
/// l2 0.01. Takes ten seconds.
/// </summary>
[Collection(TorchCollection.Name)]
public class DefaultGameSpec
{
    [Fact]
    public void Constants_are_those_measured()
    {
        using var model = Worlds.Model("softmax", Worlds.Setup(Worlds.Mnist, 10, 1000));
        var constants = ((IConstantsEstimator)model).Estimate(Worlds.Protocol(rounds: 100), [.. Enumerable.Repeat(60, 10)]);
        Assert.Equal(0.01, constants.StrongConvexity);
        Assert.Equal(24.35, constants.Smoothness, 0.02 * 24.35);
        Assert.Equal(181, constants.LabelNoise, 0.02 * 181);
        Assert.Equal(73, constants.GradientVariance.Values.Average(), 0.02 * 73);
        Assert.Equal(79, constants.GradientVariance.Values.Max(), 0.02 * 79);
        Assert.Equal(11.7, constants.GradientNorm, 0.02 * 11.7);

        // These depend on which samples were dealt out: over seeds 1 to 20, F* is .534 to .555 and |w*|^2 31.0 to 31.7. The measurement
        // elsewhere, of one deal, has .554, 30.8, and d_i of .13 to .22.
        Assert.InRange(constants.MinimalLoss, 0.52, 0.57);
        Assert.InRange(constants.InitialDistance, 30, 32.5);
        Assert.All(constants.Heterogeneity.Values, d => Assert.InRange(d, 0.09, 0.25));

        var landscape = ((SoftmaxModel)model).Landscape;
        float[] optimum = [.. SmallCrowd.Flat(landscape.Loss, landscape.Optimum, model.ParameterCount).Select(x => (float)x)];
        var evaluation = model.Evaluate(optimum);
        Assert.Equal(constants.MinimalLoss, evaluation.TrainingLoss, 1e-5);
        Assert.Equal(0.905, evaluation.Accuracy, 0.005);
    }
}
