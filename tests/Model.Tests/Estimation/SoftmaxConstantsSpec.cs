using FLCrowd.Model.Tests.Training;
using MathNet.Numerics.LinearAlgebra;

namespace FLCrowd.Model.Tests.Estimation;

/// <summary>The constants of softmax regression against their definitions.</summary>
public class SoftmaxConstantsSpec
{
    private readonly SmallCrowd _crowd = new();

    private int Count => _crowd.Model.Length;

    [Fact]
    public void Smoothness_is_half_the_greatest_eigenvalue()
    {
        double greatest = _crowd.Rows.Max(rows =>
        {
            var x = Matrix<double>.Build.DenseOfRows(rows.Select(SmallCrowd.Input));
            return (x.TransposeThisAndMultiply(x) / rows.Length).Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
        });
        double found = _crowd.Landscape.Smoothness;
        Assert.InRange(found, SmallCrowd.L2 + (greatest / 2), SmallCrowd.L2 + (greatest / 2 * 1.0002));
    }

    [Fact]
    public void Label_noise_is_the_mean_over_all_labels_whatever_the_model()
    {
        var w = Reference.Widen(_crowd.Model);
        double greatest = _crowd.Rows.Max(rows => rows.Average(row => Enumerable.Range(0, SmallCrowd.Classes).Average(
            label => SmallCrowd.SquaredDistance(SmallCrowd.Gradient(w, row, label), SmallCrowd.Gradient(w, row)))));
        Assert.Equal(greatest, _crowd.Landscape.LabelNoise, 1e-10);
    }

    [Fact]
    public void Loss_gradient_and_variance_are_those_of_the_definition()
    {
        var w = Reference.Widen(_crowd.Model);
        var moments = _crowd.Landscape.Crowd.Moments(_crowd.Landscape.Loss.Widen(_crowd.Model));
        for (int client = 0; client < moments.Length; client++)
        {
            var gradient = _crowd.ClientGradient(w, client);
            Assert.Equal(_crowd.ClientLoss(w, client), moments[client].Loss, 1e-10);
            Assert.Equal(gradient.Sum(x => x * x), moments[client].SquaredGradient, 1e-10);
            Assert.Equal(
                _crowd.Rows[client].Average(row => SmallCrowd.SquaredDistance(SmallCrowd.Gradient(w, row), gradient)),
                moments[client].GradientVariance,
                1e-10);
        }
    }

    [Fact]
    public void At_the_optimum_the_gradient_vanishes()
    {
        var optimum = SmallCrowd.Flat(_crowd.Landscape.Loss, _crowd.Landscape.Optimum, Count);
        var gradients = SmallCrowd.Weights.Select((_, client) => _crowd.ClientGradient(optimum, client)).ToArray();
        double[] total = [.. optimum.Select((_, k) => gradients.Zip(SmallCrowd.Weights, (gradient, p) => p * gradient[k]).Sum())];
        Assert.InRange(Math.Sqrt(total.Sum(x => x * x)), 0, 1.0001e-6);
        Assert.Equal(optimum.Sum(x => x * x), _crowd.Landscape.InitialDistance, 1e-10);
        Assert.Equal(
            SmallCrowd.Weights.Select((p, client) => p * _crowd.ClientLoss(optimum, client)).Sum(), _crowd.Landscape.MinimalLoss, 1e-10);
    }

    [Fact]
    public void Heterogeneity_is_what_a_client_would_gain_by_its_own_minimum()
    {
        // By plain gradient descent, 1/L at a time.
        var optimum = SmallCrowd.Flat(_crowd.Landscape.Loss, _crowd.Landscape.Optimum, Count);
        for (int client = 0; client < SmallCrowd.Weights.Length; client++)
        {
            double[] own = [.. optimum];
            for (int step = 0; step < 2000; step++)
            {
                own = [.. own.Zip(_crowd.ClientGradient(own, client), (x, g) => x - (g / _crowd.Landscape.Smoothness))];
            }

            double expected = _crowd.ClientLoss(optimum, client) - _crowd.ClientLoss(own, client);
            Assert.InRange(expected, 1e-4, 1);
            Assert.Equal(expected, _crowd.Landscape.Heterogeneity[client], 1e-9);
        }
    }

    [Fact]
    public void Maxima_are_over_the_rounds()
    {
        // The gradients are greatest at w_0, unless a step is too long.
        using var model = Worlds.Model("softmax", _crowd.Setup, $$"""{ "l2": {{SmallCrowd.L2}} }""");
        var careful = Estimate(0.001);
        var bold = Estimate(20);
        var start = new double[Count];
        double first = SmallCrowd.Weights.Select((_, client) => _crowd.ClientGradient(start, client).Sum(x => x * x)).Max();
        Assert.Equal(first, careful.GradientNorm, 1e-3);
        Assert.InRange(bold.GradientNorm, 1.1 * first, double.MaxValue);
        Assert.Equal(3, bold.GradientVariance.Values.Count);
        Assert.Equal(careful.MinimalLoss, bold.MinimalLoss);

        LearningConstants Estimate(double stepSize) =>
            ((IConstantsEstimator)model).Estimate(Worlds.Protocol(1, 1, stepSize, replacement: false), [12, 12, 12]);
    }

    [Fact]
    public async Task One_thread_gives_the_same_bits_as_many()
    {
        var many = Estimate();
        var alone = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        var one = await Task.Factory.StartNew(Estimate, TestContext.Current.CancellationToken, TaskCreationOptions.None, alone);
        Assert.Equal(many, one);

        static double[] Estimate()
        {
            var data = Worlds.Noise(new SampleShape(1, 1, 20), 4, 200);
            using var model = Worlds.Model("softmax", Worlds.Setup(data, 37, 30));
            var constants = ((IConstantsEstimator)model).Estimate(Worlds.Protocol(5), [.. Enumerable.Range(1, 37)]);
            return
            [
                constants.Smoothness, constants.LabelNoise, constants.GradientNorm, constants.MinimalLoss, constants.InitialDistance,
                .. constants.GradientVariance.Values, .. constants.Heterogeneity.Values,
            ];
        }
    }

    [Theory]
    [InlineData("softmax", """{ "l2": 0 }""", 0.5, "learning.model: the model 'softmax' is not known to be smooth and strongly convex")]
    [InlineData("softmax", """{ "l2": 1e-12 }""", 0.5, "learning.softmax.l2: is 1E-12, too little to find the minimum of the loss")]
    [InlineData("softmax", """{ "l2": 1 }""", 1e30, "learning.step-size: is 1E+30, and truthful training diverges")]
    [InlineData("mlp", "{}", 0.5, "learning.model: the model 'mlp' is not known to be smooth and strongly convex")]
    [InlineData("quadratic", "{}", 1e30, "learning.step-size: is 1E+30, and truthful training diverges")]
    public void Constants_that_do_not_exist_are_refused(string name, string options, double stepSize, string message)
    {
        using var model = Worlds.Model(name, _crowd.Setup, options);
        var error = Assert.Throws<SettingException>(() => model.EstimateConstants(
            new PluginChoice(name, options, "learning.model"), Worlds.Protocol(rounds: 20, stepSize: stepSize), [5, 5, 5]));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_batch_size_is_named_as_in_training()
    {
        using var model = Worlds.Model("softmax", _crowd.Setup);
        Assert.Throws<InvalidActionException>(() => ((IConstantsEstimator)model).Estimate(Worlds.Protocol(), [5, 0, 5]));
    }
}
