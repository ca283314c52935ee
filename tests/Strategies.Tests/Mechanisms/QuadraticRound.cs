using FLCrowd.Model;

namespace FLCrowd.Strategies.Tests.Mechanisms;

/// <summary>
/// A round of three clients with weights 1/2, 1/4 and 1/4 in the quadratic world f(w) = F* + (w_1^2 + 4 w_2^2) / 2, as a mechanism sees it.
/// </summary>
internal sealed class QuadraticRound : IValidation
{
    public static readonly double[] Weights = [0.5, 0.25, 0.25];

    private readonly ILearningModel _model = PluginCatalog.Of(new ModelPlugin()).CreateModel(
        new PluginChoice("quadratic", """{ "dimension": 2, "curvature": [1, 4] }""", "learning.model"),
        new LearningSetup(() => throw new InvalidOperationException("there are no data"))
        {
            Seed = new Seed(1),
            Weights = Weights,
            Partition = new PartitionSettings { Choice = new PluginChoice("iid"), SamplesPerClient = 1 },
        });

    /// <summary>How many losses were asked for.</summary>
    public int Tests { get; private set; }

    public double Loss(ReadOnlySpan<float> model)
    {
        Tests++;
        return _model.TestLoss(model);
    }

    public void Gradient(ReadOnlySpan<float> model, Span<float> gradient) => ((IGradientModel)_model).TestGradient(model, gradient);

    /// <summary>(w_1^2 + 4 w_2^2) / 2.</summary>
    public static double Height(double w1, double w2) => ((w1 * w1) + (4 * w2 * w2)) / 2;

    /// <summary>Shows a mechanism a round that starts at (1, 1).</summary>
    public float[] Show(IReportMechanism mechanism, float[][] models, int round = 1, int rounds = 1, string aggregator = "mean")
    {
        float[] global = [1, 1];
        ReportedModel[] reports = [.. models.Select((model, client) => new ReportedModel
        {
            Client = client,
            Weight = Weights[client],
            Model = model,
        })];
        var next = new float[2];
        Game.Aggregator(aggregator).Aggregate(global, reports, next);
        var protocol = Game.Protocol with { Rounds = rounds };
        if (mechanism.Observes(round, protocol))
        {
            mechanism.Observe(new RoundView
            {
                Episode = 0,
                Round = round,
                Protocol = protocol,
                Global = global,
                Next = next,
                Reports = reports,
                Aggregator = Game.Aggregator(aggregator),
                Validation = this,
                Seed = new Seed(5).For("round", round),
            });
        }

        return next;
    }

    public static IReadOnlyList<Assignment> Announce(IIncentiveMechanism mechanism) => mechanism.Announce(new MechanismView
    {
        Episode = 0,
        Clients = [.. Weights.Select((weight, client) => new ClientProfile
        {
            Client = client,
            Weight = weight,
            Costs = new ClientCosts(20, 1e-3),
            SampleCount = 1000,
            MaxBatchSize = 1000,
            BatchSize = 60,
        })],
        Protocol = Game.Protocol,
        MoneyPerLoss = 1,
    });

    public static double[] Pay(
        IIncentiveMechanism mechanism, IReadOnlyList<Assignment> assignments, params (int Client, double Loss)[] without)
    {
        var rewards = new double[Weights.Length];
        mechanism.Pay(
            new PaymentView
            {
                Episode = 0,
                Assignments = assignments,
                Protocol = Game.Protocol,
                TestLoss = 0.5,
                LossWithout = without.ToDictionary(entry => entry.Client, entry => entry.Loss),
            },
            rewards);
        return rewards;
    }
}
