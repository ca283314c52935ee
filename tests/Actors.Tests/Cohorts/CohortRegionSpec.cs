using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Cohorts;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Cohorts;

public class CohortRegionSpec : TestKit
{
    private readonly TestProbe _made;
    private readonly TestProbe _got;
    private readonly IActorRef _region;

    public CohortRegionSpec() : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
        (_made, _got) = (CreateTestProbe("made"), CreateTestProbe("got"));
        var cohort = Props.Create(() => new Cohort(_made, _got));
        _region = Sys.ActorOf(Props.Create(() => new CohortRegion(new CohortExtractor(100), cohort)), "region");
    }

    [Fact]
    public async Task A_cohort_is_made_for_the_first_message_and_serves_the_others()
    {
        _region.Tell(Rewards(1, 2), TestActor);
        _region.Tell(Rewards(1, 2), TestActor);
        _region.Tell(Rewards(1, 3), TestActor);
        var first = await _made.NextAsync<IActorRef>();
        var second = await _made.NextAsync<IActorRef>();
        Assert.Equal(["-1-2", "-1-3"], new[] { first.Path.Name, second.Path.Name }.Order());
        for (int message = 0; message < 3; message++)
        {
            Assert.IsType<CohortRewards>((await _got.NextAsync<Got>()).Message);
        }
    }

    [Fact]
    public async Task Messages_keep_their_sender()
    {
        var sender = CreateTestProbe();
        _region.Tell(Rewards(0, 0), sender);
        Assert.Equal(sender.Ref, (await _got.NextAsync<Got>()).Sender);
    }

    [Fact]
    public async Task Messages_behind_a_stop_wait_for_the_successor_with_their_senders()
    {
        var old = await MadeAsync();
        var sender = CreateTestProbe();
        _region.Tell(new StopCohort(0, 0), TestActor);
        _region.Tell(Rewards(0, 0, episode: 1), sender);
        _region.Tell(Rewards(0, 0, episode: 2), sender);

        await this.StoppedAsync(old);
        var successor = await _made.NextAsync<IActorRef>();
        Assert.NotEqual(old, successor);
        for (int episode = 1; episode <= 2; episode++)
        {
            var got = await _got.NextAsync<Got>();
            Assert.Equal((successor, sender.Ref, episode), (got.Cohort, got.Sender, ((CohortRewards)got.Message).Episode));
        }
    }

    [Fact]
    public async Task Messages_for_a_cohort_that_stops_by_itself_wait_for_the_successor()
    {
        var old = await MadeAsync();
        old.Tell(StopYourself.Instance);
        Assert.Equal(old, await _made.NextAsync<IActorRef>()); // it told the region and waits in PostStop
        _region.Tell(Rewards(0, 0, episode: 1), TestActor);
        _region.Tell(new Identify(null), TestActor);
        await this.NextAsync<ActorIdentity>(); // the region has the message now
        Cohort.LetStop.Release();

        var successor = await _made.NextAsync<IActorRef>();
        Assert.Equal(successor, (await _got.NextAsync<Got>()).Cohort);
    }

    [Fact]
    public async Task A_successor_that_is_to_stop_too_is_followed_by_another()
    {
        await MadeAsync();
        _region.Tell(new StopCohort(0, 0), TestActor);
        _region.Tell(Rewards(0, 0, episode: 1), TestActor);
        _region.Tell(new StopCohort(0, 0), TestActor);
        _region.Tell(Rewards(0, 0, episode: 2), TestActor);
        for (int episode = 1; episode <= 2; episode++)
        {
            var successor = await _made.NextAsync<IActorRef>();
            var got = await _got.NextAsync<Got>();
            Assert.Equal((successor, episode), (got.Cohort, ((CohortRewards)got.Message).Episode));
        }
    }

    [Fact]
    public async Task A_cohort_is_not_made_in_order_to_stop()
    {
        _region.Tell(new StopCohort(5, 5), TestActor);
        _region.Tell(Rewards(0, 0), TestActor);
        Assert.Equal("-0-0", (await _made.NextAsync<IActorRef>()).Path.Name);
    }

    [Fact]
    public async Task A_message_for_no_cohort_is_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));
        _region.Tell(new Ready(0, 0), TestActor);
        Assert.Equal(new Ready(0, 0), (await this.NextAsync<Akka.Event.UnhandledMessage>()).Message);
    }

    [Fact]
    public void The_extractor_tells_cohorts_of_games_apart()
    {
        var extractor = new CohortExtractor(100);
        Assert.Equal("-12-3", extractor.EntityId(Rewards(12, 3)));
        Assert.NotEqual(extractor.EntityId(Rewards(1, 23)), extractor.EntityId(Rewards(12, 3)));
        Assert.Null(extractor.EntityId("a stranger"));
    }

    private async Task<IActorRef> MadeAsync()
    {
        _region.Tell(Rewards(0, 0), TestActor);
        await _got.NextAsync<Got>();
        return await _made.NextAsync<IActorRef>();
    }

    private static CohortRewards Rewards(int game, int cohort, int episode = 0) => new(game, cohort, episode, 0, []);

    private sealed record Got(IActorRef Cohort, object Message, IActorRef Sender);

    private sealed record StopYourself
    {
        public static readonly StopYourself Instance = new();
    }

    /// <summary>Tells that it was made and what it got; stops as a real cohort does.</summary>
    private sealed class Cohort : ReceiveActor
    {
        private readonly IActorRef _made;
        private bool _isHeld;

        public Cohort(IActorRef made, IActorRef got)
        {
            _made = made;
            made.Tell(Self);
            Receive<StopCohort>(_ => Stop());
            Receive<StopYourself>(_ =>
            {
                _isHeld = true;
                Stop();
            });
            ReceiveAny(message => got.Tell(new Got(Self, message, Sender)));
        }

        public static SemaphoreSlim LetStop { get; } = new(0);

        protected override void PostStop()
        {
            if (_isHeld)
            {
                _made.Tell(Self);
                LetStop.Wait();
            }
        }

        private void Stop()
        {
            Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        }
    }
}
