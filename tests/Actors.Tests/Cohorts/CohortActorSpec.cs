using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Cohorts;

/// <summary>Cohort 1 of a game of learners, between a scripted region, node, server, experiment and recorder.</summary>
public class CohortActorSpec : TestKit
{
    private readonly FakePlugins _plugins = new FakePlugins().AddStrategy("learner", _ => new RememberingLearner());
    private readonly TestProbe _region;
    private readonly TestProbe _host;
    private readonly TestProbe _server;
    private readonly TestProbe _experiment;
    private readonly TestProbe _recorder;
    private readonly IActorRef _cohort;

    public CohortActorSpec()
        : base($"akka {{ loglevel = OFF, stdout-loglevel = OFF }}\n{Dispatchers.Training}.type = Dispatcher")
    {
        (_region, _host, _server) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        (_experiment, _recorder) = (CreateTestProbe(), CreateTestProbe());
        var (catalog, host) = (_plugins.Catalog, _host.Ref);
        _cohort = _region.ChildActorOf(
            Props.Create(() => new CohortActor(catalog, host, ActorRefs.Nobody)), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_cohort_that_knows_nothing_says_so()
    {
        _cohort.Tell(new GlobalModel(0, 1, 0, 5, ModelVector.Of(new float[TinyModel.Length])), _server);
        Assert.Equal(new CohortUnassigned(0, 1), await _server.NextAsync<CohortUnassigned>());
        _cohort.Tell(new CohortRewards(0, 1, 0, 0, [0, 0]), _server);
        Assert.Equal(new CohortUnassigned(0, 1), await _server.NextAsync<CohortUnassigned>());
    }

    [Fact]
    public async Task A_cohort_that_begins_later_asks_for_memories_until_it_has_them()
    {
        Assign(episode: 1);
        await OpenAsync(Games.Execution);
        Assert.Equal(new DescribeMemories(0, 1, 1), await _experiment.NextAsync<DescribeMemories>());
        Assign(episode: 2); // the game went on meanwhile
        Assert.Equal(new DescribeMemories(0, 1, 2), await _experiment.NextAsync<DescribeMemories>());
        Assign(episode: 2);
        Assert.Equal(new DescribeMemories(0, 1, 2), await _experiment.NextAsync<DescribeMemories>());

        byte[] memory = [.. BitConverter.GetBytes(5), .. BitConverter.GetBytes(0.25)];
        _cohort.Tell(new CohortMemories(0, 1, 1, [null, null]), _experiment); // late
        _cohort.Tell(new CohortMemories(0, 1, 2, [memory, null]), _experiment);
        Assert.Equal(2, (await _server.NextAsync<CohortReady>()).Episode);
        _cohort.Tell(new CohortRewards(0, 1, 2, 0, [0, 0]), _server);
        var outcomes = await _recorder.NextAsync<CohortOutcomes>();
        Assert.Equal([1 + (5 % 3), 1], outcomes.Outcomes.Select(outcome => outcome.Action!.Value.BatchSize));
        Assert.Equal([6, 1], outcomes.Memories!.Select(bytes => BitConverter.ToInt32(bytes)));
    }

    [Fact]
    public async Task A_cohort_whose_node_cannot_host_the_game_tells_the_server()
    {
        Assign(episode: 0);
        Assert.Equal("numbers 0a", (await _host.NextAsync<OpenGame>()).Data);
        _cohort.Tell(new OpenFailed("no such folder", IsBadInput: true), _host);
        Assert.Equal(new CohortRefused(0, 1, "no such folder", true), await _server.NextAsync<CohortRefused>());
        await _region.NextAsync<Passivate>();
    }

    [Fact]
    public async Task A_cohort_that_hears_nothing_for_long_asks_to_leave()
    {
        Assign(episode: 0);
        await OpenAsync(Games.Execution with { GiveUpAfter = TimeSpan.FromMilliseconds(100) });
        await _server.NextAsync<CohortReady>();
        Assert.Same(PoisonPill.Instance, (await _region.NextAsync<Passivate>()).StopMessage);
    }

    [Fact]
    public async Task A_cohort_that_is_told_to_stop_asks_to_leave_whatever_it_waits_for()
    {
        await StopAsync();
        Assign(episode: 1);
        await StopAsync();
        await OpenAsync(Games.Execution);
        await _experiment.NextAsync<DescribeMemories>();
        await StopAsync();
        _cohort.Tell(new CohortMemories(0, 1, 1, null), _experiment);
        await _server.NextAsync<CohortReady>();
        await StopAsync();
    }

    [Fact]
    public async Task A_cohort_trains_when_it_is_its_turn_and_stays_until_then()
    {
        var (busy, other, turns) = (CreateTestProbe(), CreateTestProbe(), CohortTurns.Of(Sys));
        await BeginAsync(Games.Execution);
        await _server.NextAsync<CohortUpdate>();
        turns.Take(busy, 1000);
        turns.Take(other, 1000);
        _cohort.Tell(new GlobalModel(0, 1, 0, 2, ModelVector.Of(new float[TinyModel.Length])), _server);
        _cohort.Tell(ReceiveTimeout.Instance);
        _cohort.Tell(new GlobalModel(0, 1, 1, 1, ModelVector.Of(new float[TinyModel.Length])), _server); // of another episode
        await _server.NextAsync<CohortUnassigned>();
        Assert.False(_server.HasMessages);
        turns.End(other);
        Assert.Equal(2, (await _server.NextAsync<CohortUpdate>()).Reported);
        Assert.False(_region.HasMessages);
        Assert.True(turns.Take(other, 1)); // its turn is over
    }

    [Fact]
    public async Task A_cohort_makes_its_clients_when_it_is_its_turn_for_the_newest_episode()
    {
        var (busy, other, turns) = (CreateTestProbe(), CreateTestProbe(), CohortTurns.Of(Sys));
        turns.Take(busy, 1000);
        turns.Take(other, 1000);
        Assign(episode: 0);
        await OpenAsync(Games.Execution);
        Assign(episode: 0); // asked again
        Assign(episode: 1);
        _cohort.Tell(ReceiveTimeout.Instance);
        await StopAsync(); // all was heard
        Assert.False(_server.HasMessages);
        turns.End(other);
        Assert.Equal(1, (await _experiment.NextAsync<DescribeMemories>()).Episode);
        Assert.True(turns.Take(other, 1000)); // while it waits for the experiment it has none
        _cohort.Tell(new CohortMemories(0, 1, 1, null), _experiment);
        turns.End(other);
        Assert.Equal(1, (await _server.NextAsync<CohortReady>()).Episode);
        Assert.True(turns.Take(other, 1000));
    }

    [Fact]
    public async Task A_cohort_that_stops_gives_its_turn_back()
    {
        var (busy, other, turns) = (CreateTestProbe(), CreateTestProbe(), CohortTurns.Of(Sys));
        await BeginAsync(Games.Execution);
        await _server.NextAsync<CohortUpdate>();
        turns.Take(busy, 1000);
        turns.Take(other, 1000);
        _cohort.Tell(new GlobalModel(0, 1, 0, 2, ModelVector.Of(new float[TinyModel.Length])), _server);
        await StopAsync();
        Watch(_cohort);
        _cohort.Tell(PoisonPill.Instance, _region);
        await ExpectTerminatedAsync(_cohort, cancellationToken: TestContext.Current.CancellationToken);
        turns.End(other);
        Assert.True(turns.Take(other, 1000));
    }

    private async Task BeginAsync(ExecutionDefinition execution)
    {
        Assign(episode: 0);
        await OpenAsync(execution);
        await _server.NextAsync<CohortReady>();
        _cohort.Tell(new GlobalModel(0, 1, 0, 1, ModelVector.Of(new float[TinyModel.Length])), _server);
    }

    private void Assign(int episode) => _cohort.Tell(
        new CohortAssignments(
            0,
            1,
            episode,
            [.. Enumerable.Repeat(new Assignment(1, 2, 1, new RewardTerms(0, 0)), 2)],
            _experiment,
            _recorder,
            Data: "numbers 0a"),
        _server);

    private async Task OpenAsync(ExecutionDefinition execution)
    {
        Assert.Equal(_experiment.Ref, (await _host.NextAsync<OpenGame>()).Experiment);
        var game = Games.Of(("learner", 4)).Playing(_ => execution with { CohortSize = 2 });
        _cohort.Tell(new GameOpened(game.Hosted(_plugins)), _host);
    }

    private async Task StopAsync()
    {
        _cohort.Tell(new StopCohort(0, 1), _server);
        await _region.NextAsync<Passivate>();
    }
}
