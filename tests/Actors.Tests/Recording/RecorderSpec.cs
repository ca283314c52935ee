using Akka.Actor;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Recording;

public class RecorderSpec : TestKit
{
    private static readonly ExperimentPlan Plan = Games.Plan(
        Games.Of(("a", 4)) with { Episodes = 2 }, Games.Of(("a", 4)), Games.Of(("a", 4)));

    private readonly MemorySink _sink = new();
    private readonly IActorRef _recorder;

    public RecorderSpec() : base("akka { loglevel = OFF, stdout-loglevel = OFF }") => _recorder = Start(_sink);

    [Fact]
    public async Task Episodes_are_written_in_the_order_of_the_run_whatever_order_they_end_in()
    {
        await RecordAsync(game: 2, episode: 0);
        await RecordAsync(game: 0, episode: 1);
        await RecordAsync(game: 0, episode: 0);
        await RecordAsync(game: 1, episode: 0);
        Assert.Equal(4, (await CloseAsync()).Episodes);
        Assert.Equal([0, 1, 2, 3], _sink.Episodes.Select(episode => episode.Number));
        Assert.Equal([0, 0, 1, 2], _sink.Episodes.Select(episode => episode.Game.Game));
    }

    [Fact]
    public async Task An_interrupted_run_keeps_complete_episodes_and_no_others()
    {
        await RecordAsync(game: 2, episode: 0);
        await RecordAsync(game: 0, episode: 1);
        _recorder.Tell(Outcomes(1, 0, 0), TestActor);
        _recorder.Tell(Result(1, 0), TestActor); // one of its two cohorts is missing
        _recorder.Tell(Outcomes(0, 0, 0), TestActor);
        _recorder.Tell(Outcomes(0, 0, 1), TestActor); // what the server saw is missing
        Assert.Equal(2, (await CloseAsync()).Episodes);
        Assert.Equal([1, 3], _sink.Episodes.Select(episode => episode.Number));
    }

    [Fact]
    public async Task Clients_come_in_client_order_whatever_order_cohorts_tell_in()
    {
        _recorder.Tell(Outcomes(0, 0, 1), TestActor);
        _recorder.Tell(Result(0, 0), TestActor);
        _recorder.Tell(Outcomes(0, 0, 0), TestActor);
        Assert.Equal(new EpisodeRecorded(0, 0), await this.NextAsync<EpisodeRecorded>());
        Assert.Equal([0, 1, 2, 3], _sink.Episodes[0].Clients.Select(client => client.Client));
    }

    [Fact]
    public async Task Duplicates_are_written_once_and_a_server_that_asks_again_is_told()
    {
        _recorder.Tell(Outcomes(0, 0, 0), TestActor);
        _recorder.Tell(Outcomes(0, 0, 0), TestActor);
        await RecordAsync(game: 0, episode: 0);
        _recorder.Tell(Outcomes(0, 0, 1), TestActor);
        _recorder.Tell(Result(0, 0), TestActor);
        Assert.Equal(new EpisodeRecorded(0, 0), await this.NextAsync<EpisodeRecorded>());
        var closed = await CloseAsync();
        Assert.Equal((1, 2), (closed.Episodes, closed.Dropped)); // what each cohort dropped counts once
        Assert.Single(_sink.Episodes);
    }

    [Fact]
    public async Task Clients_that_failed_after_they_were_paid_are_told_with_the_record_and_as_often_as_it_is_asked_for()
    {
        ClientFailure[] failures = [new(1, 0, 3, "boom"), new(2, 0, 3, "bang")];
        _recorder.Tell(Outcomes(0, 0, 1) with { Failures = failures[1..] }, TestActor);
        _recorder.Tell(Result(0, 0), TestActor);
        _recorder.Tell(Outcomes(0, 0, 0) with { Failures = failures[..1] }, TestActor);
        Assert.Equal(failures, (await this.NextAsync<EpisodeRecorded>()).Failures!);
        _recorder.Tell(Result(0, 0), TestActor);
        Assert.Equal(failures, (await this.NextAsync<EpisodeRecorded>()).Failures!);
    }

    [Fact]
    public async Task The_memories_that_an_episode_begins_with_are_those_after_the_last()
    {
        _recorder.Tell(new DescribeMemories(0, 1, 1), TestActor); // nobody knows yet: no answer
        _recorder.Tell(Outcomes(0, 0, 1) with { Memories = [[7], null] }, TestActor);
        _recorder.Tell(new DescribeMemories(0, 1, 2), TestActor); // nor this
        _recorder.Tell(new DescribeMemories(0, 1, 1), TestActor);
        var memories = await this.NextAsync<CohortMemories>();
        Assert.Equal((0, 1, 1), (memories.Game, memories.Cohort, memories.Episode));
        Assert.Equal([[7], null], memories.Memories);
    }

    [Fact]
    public async Task Nothing_is_written_once_the_record_is_closed()
    {
        await CloseAsync();
        Assert.Equal(1, _sink.Disposals);
        _recorder.Tell(Outcomes(0, 0, 0), TestActor);
        _recorder.Tell(Outcomes(0, 0, 1), TestActor);
        _recorder.Tell(Result(0, 0), TestActor);
        _recorder.Tell(PoisonPill.Instance);
        await this.StoppedAsync(_recorder);
        Assert.Empty(_sink.Episodes);
        Assert.Equal(1, _sink.Disposals);
    }

    [Fact]
    public async Task A_sink_that_fails_is_told_to_the_experiment_and_written_to_no_more()
    {
        var sink = new MemorySink { Writing = episode => _ = episode.Number == 1 ? throw new IOException("no space left on device") : 0 };
        var experiment = CreateTestProbe();
        var recorder = experiment.ChildActorOf(
            Props.Create(() => new Recorder(Plan, sink)), cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (game, episode) in (IEnumerable<(int, int)>)[(0, 0), (0, 1), (1, 0)])
        {
            recorder.Tell(Outcomes(game, episode, 0), TestActor);
            recorder.Tell(Outcomes(game, episode, 1), TestActor);
            recorder.Tell(Result(game, episode), TestActor);
        }

        await experiment.NextAsync<RecordOpened>();
        await experiment.NextAsync<EpisodeDone>(); // the first one
        var told = await experiment.NextAsync<RecordFailed>();
        Assert.Equal("the results cannot be written: no space left on device", told.Reason);
        recorder.Tell(new CloseRecord(), experiment);
        var closed = await experiment.NextAsync<RecordClosed>();
        Assert.Equal((1, told.Reason), (closed.Episodes, closed.Failure));
        Assert.Equal([0], sink.Episodes.Select(episode => episode.Number));
    }

    [Fact]
    public async Task A_journal_that_fails_ends_the_run()
    {
        var experiment = CreateTestProbe();
        var recorder = experiment.ChildActorOf(
            Props.Create(() => new Recorder(Plan, _sink)), cancellationToken: TestContext.Current.CancellationToken);
        await experiment.NextAsync<RecordOpened>();
        recorder.Tell(new JournalFailed("the journal cannot be written: no space left on device"), TestActor);
        Assert.Equal("the journal cannot be written: no space left on device", (await experiment.NextAsync<RecordFailed>()).Reason);
        recorder.Tell(new CloseRecord(), experiment);
        Assert.NotNull((await experiment.NextAsync<RecordClosed>()).Failure);
    }

    [Fact]
    public async Task Episodes_that_end_after_the_journal_failed_hold_nobody_up()
    {
        var experiment = CreateTestProbe();
        var recorder = experiment.ChildActorOf(
            Props.Create(() => new Recorder(Plan, _sink, Props.Create(() => new FailingJournal()))),
            cancellationToken: TestContext.Current.CancellationToken);
        await experiment.NextAsync<RecordOpened>();
        Complete(game: 0, episode: 0); // ... which the journal fails on
        Assert.Equal("no room", (await experiment.NextAsync<RecordFailed>()).Reason);
        Complete(game: 1, episode: 0); // games go on until the experiment ends them
        recorder.Tell(new CloseRecord(), experiment);
        var closed = await experiment.NextAsync<RecordClosed>();
        Assert.Equal((0, "no room"), (closed.Episodes, closed.Failure));

        void Complete(int game, int episode)
        {
            recorder.Tell(Outcomes(game, episode, 0), experiment);
            recorder.Tell(Outcomes(game, episode, 1), experiment);
            recorder.Tell(Result(game, episode), TestActor);
        }
    }

    private async Task RecordAsync(int game, int episode)
    {
        _recorder.Tell(Outcomes(game, episode, 0), TestActor);
        _recorder.Tell(Result(game, episode), TestActor);
        _recorder.Tell(Outcomes(game, episode, 1), TestActor);
        Assert.Equal(new EpisodeRecorded(game, episode), await this.NextAsync<EpisodeRecorded>());
    }

    private async Task<RecordClosed> CloseAsync()
    {
        _recorder.Tell(new CloseRecord(), TestActor);
        return await this.NextAsync<RecordClosed>();
    }

    private IActorRef Start(MemorySink sink) => Sys.ActorOf(Props.Create(() => new Recorder(Plan, sink)));

    private static CohortOutcomes Outcomes(int game, int episode, int cohort) => new(
        game,
        cohort,
        episode,
        [.. Enumerable.Range(cohort * 2, 2).Select(client => new ClientOutcome(client, episode, "a", 1, 2, null, 3, 4, null))],
        Dropped: 1);

    private static EpisodeResult Result(int game, int episode) =>
        new(game, episode, Cohorts: 2, [new RoundEvaluation(1, new Evaluation(1, 2, 3))], 5, 6);

    /// <summary>Fails on the first episode, and is gone.</summary>
    private sealed class FailingJournal : ReceiveActor
    {
        public FailingJournal()
        {
            Context.Parent.Tell(JournalRead.Instance);
            Receive<JournaledEpisode>(_ =>
            {
                Context.Parent.Tell(new JournalFailed("no room"));
                Context.Stop(Self);
            });
        }
    }
}
