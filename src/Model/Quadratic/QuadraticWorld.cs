namespace FLCrowd.Model.Quadratic;

/// <summary>
/// Clients with the losses F_i(w) = 1/2 (w - a_i)' Lambda (w - a_i), Lambda diagonal. A stochastic gradient of batch size D has
/// variance n/D in each coordinate, and effort e moves the optimum that a client descends to, to a_i + (1 - e) delta. Local
/// steps are linear in w, so the mean and the variance of w_T have closed forms for any profile of actions.
/// </summary>
public sealed class QuadraticWorld
{
    private readonly double[] _curvature;
    private readonly double[] _centres;
    private readonly double[] _weights;
    private readonly double[] _shift;
    private readonly double[] _initial;

    private QuadraticWorld(double[] curvature, double[] centres, double[] weights, double noise, double[] shift, double[] initial)
    {
        (_curvature, _centres, _weights, Noise, _shift, _initial) = (curvature, centres, weights, noise, shift, initial);
        var optimum = new double[curvature.Length];
        for (int client = 0; client < weights.Length; client++)
        {
            for (int k = 0; k < optimum.Length; k++)
            {
                optimum[k] += weights[client] * Centre(client)[k];
            }
        }

        Optimum = optimum;
        for (int client = 0; client < weights.Length; client++)
        {
            MinimalLoss += weights[client] * LossOf(client, optimum);
        }
    }

    /// <summary>The number of parameters.</summary>
    public int Dimension => _curvature.Length;

    /// <summary>The number of clients N.</summary>
    public int ClientCount => _weights.Length;

    /// <summary>n: the variance of each coordinate of one sample's gradient.</summary>
    public double Noise { get; }

    /// <summary>The diagonal of Lambda: its least entry is mu, its greatest L.</summary>
    public ReadOnlySpan<double> Curvature => _curvature;

    /// <summary>delta: how far no effort moves a client's optimum.</summary>
    public ReadOnlySpan<double> Shift => _shift;

    /// <summary>w_0.</summary>
    public ReadOnlySpan<double> Initial => _initial;

    /// <summary>w*, which minimises F = sum_i p_i F_i.</summary>
    public IReadOnlyList<double> Optimum { get; }

    /// <summary>F* = F(w*).</summary>
    public double MinimalLoss { get; }

    /// <summary>Draws the clients' optima a_i, centred so that F is least at 0; w_0 is 1 on the first axis.</summary>
    /// <exception cref="SettingException">The curvature does not fit the dimension.</exception>
    public static QuadraticWorld Create(QuadraticOptions options, LearningSetup setup)
    {
        int dimension = options.Dimension;
        if ((long)dimension * setup.Weights.Count > Array.MaxLength)
        {
            throw new SettingException(
                "learning.quadratic.dimension",
                $"is {dimension}; must be at most {Array.MaxLength / setup.Weights.Count} with {setup.Weights.Count} clients");
        }

        if (options.Curvature.Count != 1 && options.Curvature.Count != dimension)
        {
            throw new SettingException(
                "learning.quadratic.curvature", $"has {options.Curvature.Count} entries; must have 1 or {dimension}");
        }

        if (options.Curvature.FirstOrDefault(entry => !(entry > 0 && double.IsFinite(entry)), 1) is var wrong and not 1)
        {
            throw new SettingException("learning.quadratic.curvature", $"has the entry {wrong}; must be above 0");
        }

        double[] curvature = [.. Enumerable.Range(0, dimension).Select(k => options.Curvature[k % options.Curvature.Count])];
        var shift = new double[dimension];
        shift[1] = options.Shift;
        var initial = new double[dimension];
        initial[0] = 1;
        return new QuadraticWorld(
            curvature, DrawCentres(options, setup), [.. setup.Weights], options.Noise, shift, initial);
    }

    /// <summary>a_i.</summary>
    public ReadOnlySpan<double> Centre(int client) => _centres.AsSpan(client * Dimension, Dimension);

    /// <summary>F_i(w).</summary>
    public double LossOf(int client, ReadOnlySpan<double> model)
    {
        double loss = 0;
        var centre = Centre(client);
        for (int k = 0; k < centre.Length; k++)
        {
            loss += _curvature[k] / 2 * Square(model[k] - centre[k]);
        }

        return loss;
    }

    /// <summary>F(w) = sum_i p_i F_i(w).</summary>
    public double Loss(ReadOnlySpan<double> model)
    {
        double loss = MinimalLoss;
        for (int k = 0; k < model.Length; k++)
        {
            loss += _curvature[k] / 2 * Square(model[k] - Optimum[k]);
        }

        return loss;
    }

    /// <summary>
    /// E F(w_T) under a profile of actions, exactly: w_T is averaged over the gradient noise, with the server taking the mean of
    /// the reports weighted by p_i.
    /// </summary>
    /// <param name="profile">The action of every client, in client order.</param>
    /// <param name="protocol">Rounds, local steps and step size; noise does not depend on replacement.</param>
    public double ExpectedLoss(IReadOnlyList<ClientAction> profile, TrainingProtocol protocol)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(profile.Count, ClientCount);
        double pull = 0, variance = 0, shirked = 0;
        var target = new double[Dimension];
        for (int client = 0; client < profile.Count; client++)
        {
            var action = profile[client];
            double share = _weights[client] * action.Gamma;
            pull += share;
            shirked += share * (1 - action.Effort);
            variance += share * share * Noise / action.BatchSize;
            var centre = Centre(client);
            for (int k = 0; k < target.Length; k++)
            {
                target[k] += share * centre[k];
            }
        }

        double loss = MinimalLoss;
        for (int k = 0; k < target.Length; k++)
        {
            // One round is w <- keep w + (1 - local) (sum of p_i gamma_i times client i's optimum) + noise.
            if (!protocol.IsConstant)
            {
                loss += _curvature[k] / 2 * SquareDistance(protocol, k, pull, target[k] + shirked * _shift[k], variance);
                continue;
            }

            double contraction = 1 - protocol.StepSize * _curvature[k];
            double local = Math.Pow(contraction, protocol.LocalSteps);
            double keep = 1 - pull * (1 - local);
            double drift = (1 - local) * (target[k] + shirked * _shift[k]);
            double noise = variance * Square(protocol.StepSize) * PowerSum(contraction * contraction, protocol.LocalSteps);
            double mean = Math.Pow(keep, protocol.Rounds) * _initial[k] + drift * PowerSum(keep, protocol.Rounds);
            double spread = noise * PowerSum(keep * keep, protocol.Rounds);
            loss += _curvature[k] / 2 * (Square(mean - Optimum[k]) + spread);
        }

        return loss;
    }

    /// <summary>
    /// E (w_T - w*)^2 of a coordinate where step sizes change or the server has momentum, round by round: the mean of w_t, and the
    /// covariance of w_t and w_{t-1}, of w_{t+1} = keep_t w_t + drift_t + beta (w_t - w_{t-1}) + noise_t.
    /// </summary>
    private double SquareDistance(TrainingProtocol protocol, int k, double pull, double target, double variance)
    {
        double beta = protocol.Momentum;
        var (mean, before) = (_initial[k], _initial[k]);
        var (own, joint, past) = (0.0, 0.0, 0.0);
        for (int round = 1; round <= protocol.Rounds; round++)
        {
            double step = protocol.StepSizeAt(round);
            double contraction = 1 - step * _curvature[k];
            double local = Math.Pow(contraction, protocol.LocalSteps);
            double keep = 1 - pull * (1 - local) + beta;
            double noise = variance * Square(step) * PowerSum(contraction * contraction, protocol.LocalSteps);
            (mean, before) = (keep * mean + (1 - local) * target - beta * before, mean);
            (own, joint, past) = (
                keep * keep * own - 2 * keep * beta * joint + beta * beta * past + noise, keep * own - beta * joint, own);
        }

        return Square(mean - Optimum[k]) + own;
    }

    private static double[] DrawCentres(QuadraticOptions options, LearningSetup setup)
    {
        int dimension = options.Dimension;
        var centres = new double[setup.Weights.Count * dimension];
        var mean = new double[dimension];
        for (int client = 0; client < setup.Weights.Count; client++)
        {
            var seed = setup.Seed.For("centre", client);
            for (int k = 0; k < dimension; k++)
            {
                double coordinate = options.CentreDeviation * seed.Normal(k);
                centres[client * dimension + k] = coordinate;
                mean[k] += setup.Weights[client] * coordinate;
            }
        }

        for (int entry = 0; entry < centres.Length; entry++)
        {
            centres[entry] -= mean[entry % dimension];
        }

        return centres;
    }

    /// <summary>1 + x + ... + x^(count - 1).</summary>
    private static double PowerSum(double x, int count)
    {
        // The closed form loses all digits near 1, where the terms themselves do not.
        if (Math.Abs(1 - x) > 1e-3)
        {
            return (1 - Math.Pow(x, count)) / (1 - x);
        }

        double sum = 0;
        for (int term = 0; term < count; term++)
        {
            sum = 1 + x * sum;
        }

        return sum;
    }

    private static double Square(double x) => x * x;
}
