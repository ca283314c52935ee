using System.Buffers;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>A learner that plays an arm in each episode: it is a reporter where the arm's reports change.</summary>
internal abstract class Bandit : IVaryingStrategy, IReporter, IStrategyMemory
{
    private ReportShape? _shape;

    public abstract ClientAction Choose(ClientView view);

    public abstract void Observe(EpisodeOutcome outcome);

    public abstract void Save(IBufferWriter<byte> writer);

    public abstract void Load(ReadOnlySpan<byte> memory);

    public void Report(in ReportView view, Span<float> report) => _shape?.Report(view, report);

    public bool Has<T>()
        where T : class, IStrategyCapability => typeof(T) == typeof(IReporter) ? _shape is not null : this is T;

    /// <summary>The action of the arm that is played in this episode.</summary>
    protected ClientAction Play(Arm arm, ClientView view)
    {
        _shape = arm.Shape;
        return arm.Behavior.In(view);
    }
}
