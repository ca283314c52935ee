using System.Buffers;

namespace FLCrowd.Abstractions.Tests.Strategies;

/// <summary>A strategy around a strategy can do what that one can, whatever there is to be able to.</summary>
public class StrategyWrapperSpec
{
    /// <summary>What shows that a wrapper hands a capability on: one entry for every interface that there is.</summary>
    private static readonly Dictionary<Type, Func<Plain, Able, bool>> HandsOn = new()
    {
        [typeof(ILabeler)] = (wrapper, _) => wrapper.Label(Sample) == 7,
        [typeof(IReporter)] = (wrapper, _) => Report(wrapper)[0] == 42,
        [typeof(IPreparing)] = (wrapper, able) =>
        {
            wrapper.PrepareChoice(null!);
            wrapper.PrepareLabels([]);
            wrapper.PrepareReport(new ReportView { Client = 0, Round = 1, Global = [1], Local = [3], Seed = new Seed(1) }, [3]);
            return able.Prepared == "choice labels report ";
        },
        [typeof(IStrategyMemory)] = (wrapper, able) =>
        {
            wrapper.Observe(default);
            wrapper.Load([5]);
            return able is { Observed: 1, Loaded: 5 } && Saved(wrapper).SequenceEqual((byte[])[5]);
        },
    };

    private static readonly LabelView Sample = new() { Client = 0, Sample = 0, Label = 3, ClassCount = 10, Seed = new Seed(1) };

    public static TheoryData<Type> Capabilities => [.. typeof(IStrategyCapability).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && type != typeof(IStrategyCapability) && type.IsAssignableTo(typeof(IStrategyCapability)))];

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void Every_capability_is_handed_on(Type capability)
    {
        Assert.True(capability.IsAssignableFrom(typeof(StrategyWrapper)), $"StrategyWrapper hides {capability.Name} of what it wraps");
        Assert.True(
            HandsOn.TryGetValue(capability, out var handsOn), $"say in {nameof(HandsOn)} what shows that {capability.Name} is handed on");
        var able = new Able();
        Assert.True(handsOn(new Plain(able), able), $"StrategyWrapper does not call what it wraps as {capability.Name}");
    }

    [Fact]
    public void What_can_do_nothing_more_is_left_as_it_is()
    {
        var wrapper = new Plain(new Unable());
        Assert.Equal(Sample.Label, wrapper.Label(Sample));
        Assert.Equal([3f], Report(wrapper));
        wrapper.Observe(default);
        wrapper.Load([]);
        Assert.Empty(Saved(wrapper));
        Assert.True(wrapper.PrepareChoice(null!).IsCompletedSuccessfully);
    }

    [Fact]
    public void A_wrapper_has_the_capabilities_of_its_parts_and_no_others()
    {
        Assert.Null(new Plain(new Unable()).Capability<ILabeler>());
        Assert.Null(new Plain(new Plain(new Unable())).Capability<IReporter>());
        Assert.NotNull(new Plain(new Plain(new Able())).Capability<IReporter>());
        Assert.NotNull(new Several(new Unable(), new Able()).Capability<ILabeler>());
        Assert.Null(new Unable().Capability<ILabeler>());
        Assert.NotNull(new Able().Capability<IStrategyMemory>());
    }

    [Fact]
    public void Several_parts_remember_one_after_the_other()
    {
        var memory = Saved(new Several(new Able { Loaded = 1 }, new Unable(), new Able { Loaded = 2 }));
        Assert.Equal([1, 0, 0, 0, 1, 1, 0, 0, 0, 2], memory);
        var again = new Several(new Able(), new Unable(), new Able());
        again.Load(memory);
        Assert.Equal(memory, Saved(again));
        Assert.Throws<InvalidDataException>(() => again.Load(memory.AsSpan(1)));
    }

    private static float[] Report(IReporter reporter)
    {
        float[] report = [3];
        reporter.Report(new ReportView { Client = 0, Round = 1, Global = [1], Local = [3], Seed = new Seed(1) }, report);
        return report;
    }

    private static byte[] Saved(IStrategyMemory memory)
    {
        var writer = new ArrayBufferWriter<byte>();
        memory.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private sealed class Plain(IClientStrategy strategy) : StrategyWrapper(strategy)
    {
        public override ClientAction Choose(ClientView view) => Playing.Choose(view);
    }

    private sealed class Several(params IClientStrategy[] strategies) : StrategyWrapper(strategies)
    {
        public override ClientAction Choose(ClientView view) => Playing.Choose(view);
    }

    private sealed class Unable : IClientStrategy
    {
        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;
    }

    private sealed class Able : IClientStrategy, ILabeler, IReporter, IStrategyMemory, IPreparing
    {
        public string Prepared { get; private set; } = "";

        public int Observed { get; private set; }

        public byte Loaded { get; set; }

        public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

        public int Label(in LabelView view) => 7;

        public void Report(in ReportView view, Span<float> report) => report.Fill(42);

        public void Observe(EpisodeOutcome outcome) => Observed++;

        public void Save(IBufferWriter<byte> writer)
        {
            writer.GetSpan(1)[0] = Loaded;
            writer.Advance(1);
        }

        public void Load(ReadOnlySpan<byte> memory) => Loaded = memory[0];

        public Task PrepareChoice(ClientView view) => Prepare("choice");

        public Task PrepareLabels(IReadOnlyList<LabelView> views) => Prepare("labels");

        public Task PrepareReport(in ReportView view, ReadOnlySpan<float> report) => Prepare("report");

        private Task Prepare(string what)
        {
            Prepared += $"{what} ";
            return Task.CompletedTask;
        }
    }
}
