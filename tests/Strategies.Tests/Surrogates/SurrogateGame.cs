namespace FLCrowd.Strategies.Tests.Surrogates;

/// <summary>A game to make surrogates of.</summary>
internal static class SurrogateGame
{
    public static Task<LossSurrogate> FitAsync(this ILossSurrogateSource source, SurrogateSetup setup) =>
        source.FitAsync(setup, TestContext.Current.CancellationToken);

    public const string Path = "game.lceme.surrogate-options";

    public static LearningConstants Constants { get; } = new()
    {
        Smoothness = 1,
        StrongConvexity = 1,
        GradientVariance = 180,
        LabelNoise = 1,
        GradientNorm = 10,
        Heterogeneity = 0.2,
        MinimalLoss = 0.3,
        InitialDistance = 1,
    };

    public static SurrogateSetup Setup(
        double[] weights,
        int[] batchSizes,
        Func<LearningConstants>? constants = null,
        Func<IReadOnlyList<PilotEpisode>, IReadOnlyList<Evaluation>>? play = null,
        Seed? seed = null,
        int maxBatchSize = 1000,
        TrainingProtocol? protocol = null,
        int[]? kinds = null,
        int[]? notAsked = null) => new()
        {
            Clients = [.. weights.Select((weight, client) => new ClientProfile
            {
                Client = client,
                Weight = weight,
                Costs = new ClientCosts(20, 1e-3),
                SampleCount = 1000,
                MaxBatchSize = maxBatchSize,
                BatchSize = batchSizes[client],
            })],
            Kinds = kinds ?? [],
            Protocol = protocol ?? new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.1 },
            BatchSizes = batchSizes,
            NotAsked = notAsked ?? [],
            Seed = seed ?? new Seed(5),
            Path = Path,
            Constants = constants ?? (() => throw new SettingException("learning.model", "has no constants")),
            PlayAsync = (episodes, _) => play is null
                ? throw new InvalidOperationException("nothing is to be played")
                : Task.FromResult(play(episodes)),
        };
}

/// <summary>
/// Cooperative play whose expected loss is known. All episodes of a seed share a large noise; a variation adds a small one of its own,
/// larger the further batches and efforts are from what is asked.
/// </summary>
internal sealed class SyntheticCrowd
{
    public const double TrainingExcess = 0.125;

    public double[] BatchSlope { get; init; } = [0.2, 0.2, 0.2, 0.2];

    public double[] EffortSlope { get; init; } = [0.1, 0.1, 0.1, 0.1];

    public double[] Curvature { get; init; } = [0.01, 0.01, 0.01, 0.01];

    public double GammaSlope { get; init; }

    /// <summary>What the loss rises by where a client stays away; its own terms are gone then.</summary>
    public double[] Worth { get; init; } = [0.3, 0.3, 0.3, 0.3];

    public double Noise { get; init; }

    public IReadOnlyList<PilotEpisode>? Played { get; private set; }

    public double Loss(int[] batchSizes) => Loss([.. batchSizes.Select(size => new ClientAction(1, size, 1))]);

    public IReadOnlyList<Evaluation> Play(IReadOnlyList<PilotEpisode> episodes)
    {
        Played = episodes;
        return [.. episodes.Select((episode, index) =>
        {
            double far = episode.Actions.Sum(action =>
                Math.Abs((60.0 / action.BatchSize) - 1) + (1 - action.Effort) + Math.Abs(action.Gamma - 1));
            double noise = Noise * ((10 * episode.Seed.Normal(0)) + (far * episode.Seed.For("own", index).Normal(0)));
            double loss = Loss(episode.Actions) + noise;
            return new Evaluation(loss + TrainingExcess, loss, 0.9);
        })];
    }

    private double Loss(IReadOnlyList<ClientAction> actions) => 0.5 + actions.Index().Sum(entry =>
    {
        var (i, action) = entry;
        double misreport = action.Gamma - 1;
        return action.Attendance == 0
            ? Worth[i] + (BatchSlope[i] / 60)
            : (BatchSlope[i] / action.BatchSize) + (EffortSlope[i] * (1 - action.Effort))
                + (Curvature[i] * misreport * misreport) + (GammaSlope * misreport);
    });
}
