namespace FLCrowd.Conformance.Mechanisms;

/// <summary>A game that a mechanism pays for, with test losses that are whatever they are.</summary>
/// <param name="Name">What is special about it, for messages.</param>
/// <param name="Clients">Who plays.</param>
/// <param name="MoneyPerLoss">lambda.</param>
/// <param name="TestLosses">The test loss of every episode.</param>
internal sealed record MechanismGame(
    string Name, IReadOnlyList<ClientProfile> Clients, double MoneyPerLoss, IReadOnlyList<double> TestLosses)
{
    private const int Parameters = 4;

    private static readonly TrainingProtocol Protocol = new() { Rounds = 3, LocalSteps = 1, StepSize = 0.1 };

    private static readonly double[] Usual = [0.6, 0.5, 0.55];

    public static IReadOnlyList<MechanismGame> All { get; } =
    [
        new("ten clients", Crowd(10, assigned: 50), 1000, Usual),
        new("batches that the mechanism finds", Crowd(10, assigned: null), 1000, Usual),
        new("two clients", Crowd(2, assigned: 50), 1, Usual),
        new("one client", Crowd(1, assigned: 50), 1, Usual),
        new(
            "clients without costs",
            [.. Crowd(4, assigned: 50).Select(client => client with { Costs = new ClientCosts(0, 0) })],
            1000,
            Usual),
        new("one sample each", [.. Crowd(4, assigned: 1).Select(client => client with { SampleCount = 1, MaxBatchSize = 1 })], 1000, Usual),
        new("losses of all sizes", Crowd(4, assigned: 50), 1000, [0, 1e-9, 1, 1e6]),
    ];

    /// <summary>Plays one episode.</summary>
    public (IReadOnlyList<Assignment> Assignments, double[] Rewards, IReadOnlyList<int> LeftOut) Play(
        IIncentiveMechanism mechanism, int episode)
    {
        var assignments = mechanism.Announce(View(mechanism, episode));
        IReadOnlyList<int> leftOut = mechanism is IReplayMechanism replaying ? replaying.LeftOut : [];
        if (mechanism is IReportMechanism observing)
        {
            foreach (int round in Enumerable.Range(1, Protocol.Rounds).Where(round => observing.Observes(round, Protocol)))
            {
                observing.Observe(Round(episode, round));
            }
        }

        var rewards = new double[Clients.Count];
        rewards.AsSpan().Fill(double.NaN); // so that one that is not paid shows
        mechanism.Pay(
            new PaymentView
            {
                Episode = episode,
                Assignments = assignments,
                Protocol = Protocol,
                TestLoss = TestLosses[episode],
                LossWithout = leftOut.Distinct().ToDictionary(client => client, client => TestLosses[episode] + 0.01 * client),
            },
            rewards);
        return (assignments, rewards, leftOut);
    }

    private MechanismView View(IIncentiveMechanism mechanism, int episode) => new()
    {
        Episode = episode,
        Clients = Clients,
        Protocol = Protocol,
        MoneyPerLoss = MoneyPerLoss,
        Surrogate = mechanism is not ISurrogateMechanism ? null : new LossSurrogate
        {
            Name = "conformance",
            Constant = 0.4,
            MinimalLoss = 0.1,
            BatchSlope = 2,
            EffortSlope = 0.5,
            ReportCurvature = 0.1,
        },
    };

    private RoundView Round(int episode, int round)
    {
        var seed = new Seed(1).For("conformance", episode, round);
        float[] Model(string purpose, int client) =>
            [.. Enumerable.Range(0, Parameters).Select(k => (float)seed.For(purpose, client).Normal(k))];
        var reports = Clients.Select(client => new ReportedModel
        {
            Client = client.Client,
            Weight = client.Weight,
            Model = Model("report", client.Client),
        }).ToList();
        float[] global = Model("global", 0), next = new float[Parameters];
        IAggregator mean = new WeightedMean();
        mean.Aggregate(global, reports, next);
        return new RoundView
        {
            Episode = episode,
            Round = round,
            Protocol = Protocol,
            Global = global,
            Next = next,
            Reports = reports,
            Aggregator = mean,
            Validation = new Bowl(),
            Seed = seed.For("mechanism"),
        };
    }

    private static IReadOnlyList<ClientProfile> Crowd(int clients, int? assigned) =>
    [
        .. Enumerable.Range(0, clients).Select(client => new ClientProfile
        {
            Client = client,
            Weight = 1.0 / clients,
            Costs = new ClientCosts(20 + client, 1e-3),
            SampleCount = 1000,
            MaxBatchSize = 1000,
            BatchSize = assigned,
        }),
    ];

    private sealed class WeightedMean : ILinearAggregator
    {
        public double Coefficient(double weight) => weight;
    }

    /// <summary>f(w) = |w|^2.</summary>
    private sealed class Bowl : IValidation
    {
        public double Loss(ReadOnlySpan<float> model)
        {
            double sum = 0;
            foreach (float value in model)
            {
                sum += value * value;
            }

            return sum;
        }

        public void Gradient(ReadOnlySpan<float> model, Span<float> gradient)
        {
            for (int k = 0; k < model.Length; k++)
            {
                gradient[k] = 2 * model[k];
            }
        }
    }
}
