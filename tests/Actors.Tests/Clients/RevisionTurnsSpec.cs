using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Clients;

/// <summary>Asked in turns, a strategy labels, reports and remembers as it does when it is asked in every episode.</summary>
public class RevisionTurnsSpec
{
    [Fact]
    public void It_labels_and_reports_as_the_strategy_does()
    {
        var labeling = Turns(new FakeLabeler(view => view.Label + 1));
        Assert.Equal(4, labeling.Capability<ILabeler>()!.Label(
            new LabelView { Client = 0, Sample = 0, Label = 3, ClassCount = 10, Seed = new Seed(1) }));
        Assert.Null(labeling.Capability<IReporter>());

        var reporting = Turns(new FakeReporter((in ReportView _, Span<float> values) => values.Fill(42)));
        float[] report = [3];
        reporting.Capability<IReporter>()!.Report(
            new ReportView { Client = 0, Round = 1, Global = [1], Local = [3], Seed = new Seed(1) }, report);
        Assert.Equal([42f], report);
        Assert.Null(reporting.Capability<ILabeler>());
    }

    [Fact]
    public void Its_last_action_is_remembered_whatever_the_strategy_remembers() =>
        Assert.NotNull(Turns(new FakeStrategy(FakeStrategy.Truthful)).Capability<IStrategyMemory>());

    private static RevisionTurns Turns(IClientStrategy strategy) =>
        new(strategy, new RevisionSchedule(new RevisionSettings(RevisionOrder.RoundRobin, 3), new Seed(1), 0, 7), episodes: 10);
}
