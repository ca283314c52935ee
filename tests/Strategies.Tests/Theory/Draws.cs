namespace FLCrowd.Strategies.Tests.Theory;

/// <summary>Random constants, games and profiles, one number after the other from a seed.</summary>
internal sealed class Draws(ulong seed)
{
    private readonly Seed _seed = new Seed(seed).For("theory");
    private int _next;

    public double Between(double low, double high) => low + (high - low) * _seed.Uniform(_next++);

    /// <summary>Uniform in the logarithm.</summary>
    public double Scale(double low, double high) => Math.Exp(Between(Math.Log(low), Math.Log(high)));

    public int Whole(int low, int high) => low + _seed.Index(high - low + 1, _next++);

    public double[] Many(int count, Func<double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];

    public double[] Weights(int clients)
    {
        var raw = Many(clients, () => Scale(0.1, 1));
        return [.. raw.Select(weight => weight / raw.Sum())];
    }

    public LearningConstants Constants(int clients)
    {
        double mu = Scale(0.01, 1);
        return new LearningConstants
        {
            StrongConvexity = mu,
            Smoothness = mu * Scale(1, 100),
            GradientVariance = new PerClient(Many(clients, () => Scale(1, 300))),
            LabelNoise = Scale(0.1, 200),
            GradientNorm = Scale(0.1, 100),
            Heterogeneity = new PerClient(Many(clients, () => Between(0, 1))),
            MinimalLoss = Between(0, 1),
            InitialDistance = Scale(0.1, 50),
        };
    }

    public TrainingProtocol Protocol(LearningConstants constants, int maxLocalSteps) => new()
    {
        Rounds = Whole(1, 200),
        LocalSteps = Whole(1, maxLocalSteps),
        StepSize = Scale(0.05, 1) / (2 * constants.Smoothness),
        CostBasis = Whole(0, 1) == 0 ? CostBasis.Round : CostBasis.LocalStep,
    };

    public ClientAction Action() => new(Whole(0, 2) switch { 0 => 0, 1 => 1, _ => Between(0, 1) }, (int)Scale(1, 400), Between(0, 3));
}
