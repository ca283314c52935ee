using System.Numerics.Tensors;

namespace FLCrowd.Model.Estimation;

/// <summary>What the bounds need to know of softmax regression's losses whatever the protocol: curvature, label noise, minima.</summary>
internal sealed class SoftmaxLandscape
{
    // A gradient g leaves w within |g| / mu of the minimum, and the loss within |g|^2 / (2 mu).
    private const double MostDistance = 1e-4;
    private const double MostGradient = 1e-6;
    private const int MostSteps = 100_000;

    private readonly double _l2;

    /// <param name="samples">The samples that the clients hold.</param>
    /// <param name="classes">The number of classes K.</param>
    /// <param name="l2">mu, above 0.</param>
    /// <param name="rows">Each client's samples.</param>
    /// <param name="weights">p_i.</param>
    /// <param name="initial">w_0 as the model has it.</param>
    /// <param name="seed">Draws of the first vectors of power iterations.</param>
    /// <param name="wrong">The probability that a client's label of a sample is wrong where it makes no effort; null: 1 - 1/K, as labels
    /// are uniform.</param>
    /// <exception cref="SettingException">l2 is so small that the minimum cannot be found.</exception>
    public SoftmaxLandscape(
        SparseSamples samples, int classes, double l2, int[][] rows, IReadOnlyList<double> weights, ReadOnlySpan<float> initial, Seed seed,
        Func<int, int, double>? wrong = null)
    {
        _l2 = l2;
        Loss = new SoftmaxLoss(samples, classes, l2);
        Crowd = new SoftmaxCrowd(Loss, rows, weights);
        double[] smoothness = SideBySide.OfEach(rows.Length, client =>
            l2 + Spectrum.Greatest(samples, rows[client], seed.For("eigenvector", client)) / 2);
        Smoothness = smoothness.Max();
        LabelNoise = wrong is not null
            ? 2 * SideBySide.OfEach(
                rows.Length, client => rows[client].Average(row => wrong(client, row) * samples.SquaredNorm(row))).Max()
            : 2 * (1 - 1.0 / classes) * SideBySide.OfEach(rows.Length, client => rows[client].Average(samples.SquaredNorm)).Max();

        // F is as smooth as its parts on average.
        var start = Loss.Widen(initial);
        Optimum = Minimise(Crowd.Gradient, start, smoothness.Zip(weights, (l, p) => l * p).Sum());
        var atOptimum = Crowd.Moments(Optimum);
        MinimalLoss = atOptimum.Zip(weights, (moments, p) => moments.Loss * p).Sum();
        InitialDistance = Math.Pow(TensorPrimitives.Distance<double>(start, Optimum), 2);
        Heterogeneity = SideBySide.OfEach(rows.Length, client =>
        {
            var own = Minimise((w, gradient) => Crowd.GradientOf(client, w, gradient), Optimum, smoothness[client]);
            return Math.Max(0, atOptimum[client].Loss - Loss.Evaluate(own, rows[client], new double[own.Length]).Loss);
        });
    }

    public SoftmaxLoss Loss { get; }

    public SoftmaxCrowd Crowd { get; }

    /// <summary>L = l2 + max_i lambda_max(X_i' X_i / n_i) / 2: the Hessian by the logits, diag(s) - s s', is at most I / 2.</summary>
    public double Smoothness { get; }

    /// <summary>
    /// beta = 2 (1 - 1/K) max_i E |x|^2. A label drawn from all classes is wrong with probability 1 - 1/K and then moves the gradient
    /// (s - y) x' by sqrt(2) |x|, wherever w is. With another source of careless labels, 2 max_i E P(wrong | x) |x|^2: the same with the
    /// probability that the label of x is wrong.
    /// </summary>
    public double LabelNoise { get; }

    /// <summary>w*, in the layout of <see cref="Loss"/>.</summary>
    public double[] Optimum { get; }

    /// <summary>F*.</summary>
    public double MinimalLoss { get; }

    /// <summary>|w_0 - w*|^2.</summary>
    public double InitialDistance { get; }

    /// <summary>d_i.</summary>
    public IReadOnlyList<double> Heterogeneity { get; }

    private double[] Minimise(AcceleratedGradient.GradientAt gradientAt, double[] start, double smoothness) =>
        AcceleratedGradient.Minimise(gradientAt, start, smoothness, _l2, Math.Min(MostGradient, MostDistance * _l2), MostSteps)
        ?? throw new SettingException(
            "learning.softmax.l2",
            $"is {_l2}, too little to find the minimum of the loss in {MostSteps} steps; "
            + "use more, or a surrogate that is measured (pilot)");
}
