using FLCrowd.Model.Models;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Estimation;

/// <summary>Softmax regression with l2 regularisation above 0: strongly convex, so it knows its constants.</summary>
internal sealed class SoftmaxModel : ClassificationModel, IConstantsEstimator
{
    private readonly LearningSetup _setup;
    private readonly double _l2;
    private readonly Seed _seed;
    private readonly Lazy<SoftmaxLandscape> _landscape;

    public SoftmaxModel(LearningSetup setup, double l2, Kernel kernel) : base(setup, l2, data => Networks.Softmax(data, kernel))
    {
        (_setup, _l2, _seed) = (setup, l2, setup.Seed.For("constants"));
        _landscape = new(Survey);
    }

    /// <summary>What does not depend on the protocol; computed once, when first asked for.</summary>
    public SoftmaxLandscape Landscape => _landscape.Value;

    /// <inheritdoc/>
    /// <exception cref="SettingException">The minimum is out of reach, or the pilot diverged.</exception>
    public LearningConstants Estimate(TrainingProtocol protocol, IReadOnlyList<int> batchSizes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(batchSizes.Count, _setup.Weights.Count);
        var landscape = Landscape;
        var variance = new double[batchSizes.Count];
        double norm = 0;
        foreach (var global in TruthfulPilot.Play(this, _setup.Weights, protocol, batchSizes, _seed.For("pilot")))
        {
            var moments = landscape.Crowd.Moments(landscape.Loss.Widen(global));
            for (int client = 0; client < moments.Length; client++)
            {
                variance[client] = Math.Max(variance[client], moments[client].GradientVariance);
                norm = Math.Max(norm, moments[client].SquaredGradient);
            }
        }

        return new LearningConstants
        {
            Smoothness = landscape.Smoothness,
            StrongConvexity = _l2,
            GradientVariance = new PerClient(variance),
            LabelNoise = landscape.LabelNoise,
            GradientNorm = double.IsFinite(norm)
                ? norm
                : throw new SettingException(
                    "learning.step-size", $"is {protocol.StepSize}, and truthful training diverges; it must be smaller"),
            Heterogeneity = new PerClient(landscape.Heterogeneity),
            MinimalLoss = landscape.MinimalLoss,
            InitialDistance = landscape.InitialDistance,
        };
    }

    private SoftmaxLandscape Survey()
    {
        int[][] rows = [.. _setup.Weights.Select((_, client) => SamplesOf(client))];
        var samples = new SparseSamples(_setup.Data.Training, _setup.Data.Shape.FeatureCount, rows.SelectMany(held => held));
        var initial = new float[ParameterCount];
        Initialise(initial);
        return new SoftmaxLandscape(
            samples, ClassCount, _l2, rows, _setup.Weights, initial, _seed, Labeling.CarelessIsUniform ? null : Labeling.CarelessWrong);
    }
}
