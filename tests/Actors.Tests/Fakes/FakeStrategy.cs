using System.Buffers;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>A strategy that does as its test says.</summary>
internal class FakeStrategy(Func<ClientView, ClientAction> choose) : IClientStrategy
{
    public virtual ClientAction Choose(ClientView view) => choose(view);

    public static ClientAction Truthful(ClientView view) => view.Assignment.AsAction;
}

internal delegate void ReportScript(in ReportView view, Span<float> report);

internal sealed class FakeReporter(ReportScript report) : FakeStrategy(Truthful), IReporter
{
    public void Report(in ReportView view, Span<float> values) => report(view, values);
}

internal sealed class FakeLabeler(Func<LabelView, int> label) : FakeStrategy(Truthful), ILabeler
{
    public int Label(in LabelView view) => label(view);
}

internal sealed class FakeLearner(Action<EpisodeOutcome> observe, Func<ClientView, ClientAction>? choose = null)
    : FakeStrategy(choose ?? Truthful), IStrategyMemory
{
    public void Observe(EpisodeOutcome outcome) => observe(outcome);

    public void Save(IBufferWriter<byte> writer)
    {
    }

    public void Load(ReadOnlySpan<byte> memory)
    {
    }
}
