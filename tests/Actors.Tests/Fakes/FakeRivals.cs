namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Looks at rounds as its test says; pays client i the sum of the first numbers of its reports.</summary>
internal sealed class FakeObserver : IReportMechanism
{
    private double[] _sums = [];

    public Func<int, bool> Observing { get; init; } = _ => true;

    public Action<RoundView> Seeing { get; init; } = _ => { };

    /// <summary>The rounds that it saw in this episode, in order.</summary>
    public List<int> Seen { get; } = [];

    public bool Observes(int round, TrainingProtocol protocol) => Observing(round);

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        _sums = new double[view.Clients.Count];
        Seen.Clear();
        return FakeMechanism.Usual(view);
    }

    public void Observe(RoundView view)
    {
        Seen.Add(view.Round);
        Seeing(view);
        foreach (var report in view.Reports)
        {
            _sums[report.Client] += report.Model.Span[0];
        }
    }

    public void Pay(PaymentView view, Span<double> rewards) => _sums.CopyTo(rewards);
}

/// <summary>Has the episode replayed without some clients and pays each the loss without it; nothing to the others.</summary>
internal sealed class FakeReplayer(params int[] leftOut) : IReplayMechanism
{
    public IReadOnlyList<int> LeftOut => leftOut;

    public IReadOnlyDictionary<int, double> LossWithout { get; private set; } = new Dictionary<int, double>();

    public IReadOnlyList<Assignment> Announce(MechanismView view) => FakeMechanism.Usual(view);

    public void Pay(PaymentView view, Span<double> rewards)
    {
        LossWithout = view.LossWithout;
        foreach (var (client, loss) in view.LossWithout)
        {
            rewards[client] = loss;
        }
    }
}
