using System.Buffers;

namespace FLCrowd;

/// <summary>
/// A strategy made of others: a lottery, a strategy with a part of its action fixed, one that is asked now and then. It labels, reports and
/// remembers as they do, whatever a later version of FLCrowd adds; override what it does otherwise.
/// </summary>
public abstract class StrategyWrapper : IVaryingStrategy, ILabeler, IReporter, IStrategyMemory, IPreparing
{
    private readonly bool _several;

    /// <summary>A strategy around one other; its memory is the other's.</summary>
    protected StrategyWrapper(IClientStrategy strategy) => (Parts, Playing) = ([strategy], strategy);

    /// <summary>A strategy around several others; its memory is theirs one after the other, each behind its length.</summary>
    /// <param name="strategies">At least one.</param>
    protected StrategyWrapper(IReadOnlyList<IClientStrategy> strategies) => (Parts, Playing, _several) = (strategies, strategies[0], true);

    /// <summary>The strategies that it is made of.</summary>
    protected IReadOnlyList<IClientStrategy> Parts { get; }

    /// <summary>The one that plays the episode: it labels, reports and observes; the others notice nothing.</summary>
    protected IClientStrategy Playing { get; set; }

    /// <inheritdoc/>
    public abstract ClientAction Choose(ClientView view);

    /// <inheritdoc/>
    public virtual int Label(in LabelView view) => Playing.Capability<ILabeler>()?.Label(view) ?? view.Label;

    /// <inheritdoc/>
    public virtual void Report(in ReportView view, Span<float> report) => Playing.Capability<IReporter>()?.Report(view, report);

    /// <inheritdoc/>
    public virtual void Observe(EpisodeOutcome outcome) => Playing.Capability<IStrategyMemory>()?.Observe(outcome);

    /// <inheritdoc/>
    public virtual void Save(IBufferWriter<byte> writer)
    {
        if (_several)
        {
            PartMemories.Save(Memories, writer);
        }
        else
        {
            Parts[0].Capability<IStrategyMemory>()?.Save(writer);
        }
    }

    /// <inheritdoc/>
    public virtual void Load(ReadOnlySpan<byte> memory)
    {
        if (_several)
        {
            PartMemories.Load(Memories, memory);
        }
        else
        {
            Parts[0].Capability<IStrategyMemory>()?.Load(memory);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Override it where <see cref="Choose"/> asks for something else than it is asked itself, or someone else than
    /// <see cref="Playing"/>.</remarks>
    public virtual Task PrepareChoice(ClientView view) => Prepare(Playing, playing => playing.PrepareChoice(view));

    /// <inheritdoc/>
    public virtual Task PrepareLabels(IReadOnlyList<LabelView> views) => Prepare(Playing, playing => playing.PrepareLabels(views));

    /// <inheritdoc/>
    public virtual Task PrepareReport(in ReportView view, ReadOnlySpan<float> report) =>
        Playing.Capability<IPreparing>()?.PrepareReport(view, report) ?? Task.CompletedTask;

    /// <summary>Whether one of its parts has a capability. Override it where the wrapper has one of its own.</summary>
    public virtual bool Has<T>()
        where T : class, IStrategyCapability => Parts.Any(part => part.Capability<T>() is not null);

    private IEnumerable<IStrategyMemory> Memories =>
        Parts.Select(part => part.Capability<IStrategyMemory>()).OfType<IStrategyMemory>();

    private static Task Prepare(IClientStrategy playing, Func<IPreparing, Task> prepare) =>
        playing.Capability<IPreparing>() is { } preparing ? prepare(preparing) : Task.CompletedTask;
}
