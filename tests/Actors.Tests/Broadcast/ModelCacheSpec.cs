using Akka.Actor;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Broadcast;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Broadcast;

public sealed class ModelCacheSpec : TestKit
{
    private static readonly ModelVector First = ModelVector.Of(new float[] { 1 });
    private static readonly ModelVector Second = ModelVector.Of(new float[] { 2 });

    private readonly IActorRef _cache;

    public ModelCacheSpec() : base("akka { loglevel = OFF, stdout-loglevel = OFF }") =>
        _cache = Sys.ActorOf(Props.Create(() => new ModelCache()));

    [Fact]
    public async Task All_cohorts_of_a_node_get_the_one_model_that_it_asked_for_once()
    {
        var (models, server, a, b) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _cache.Tell(new TakeModel(Begin(models, cohort: 0, round: 1), server), a);
        _cache.Tell(new TakeModel(Begin(models, cohort: 1, round: 1), server), b);
        Assert.Equal(new RequestModel(0, 1), await models.NextAsync<RequestModel>());
        models.Reply(new RoundModel(0, 1, First));
        foreach (var (cohort, probe) in new[] { (0, a), (1, b) })
        {
            var got = await probe.NextAsync<GlobalModel>();
            Assert.Equal((cohort, 1), (got.Cohort, got.Round));
            Assert.Same(First, got.Model);
            Assert.Equal(server.Ref, probe.LastSender);
        }

        // The next one comes unasked, before or after the cohorts want it.
        _cache.Tell(new TakeModel(Begin(models, cohort: 0, round: 2), server), a);
        models.Send(_cache, new RoundModel(0, 2, Second));
        _cache.Tell(new TakeModel(Begin(models, cohort: 1, round: 2), server), b);
        Assert.Same(Second, (await a.NextAsync<GlobalModel>()).Model);
        Assert.Same(Second, (await b.NextAsync<GlobalModel>()).Model);
        await models.ExpectNoMsgAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_model_that_was_lost_is_asked_for_when_a_cohort_is_told_again()
    {
        var (models, server, cohort) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _cache.Tell(new TakeModel(Begin(models, 0, 1), server), cohort);
        await models.NextAsync<RequestModel>();
        _cache.Tell(new TakeModel(Begin(models, 0, 1), server), cohort);
        Assert.Equal(new RequestModel(0, 1), await models.NextAsync<RequestModel>());
        models.Reply(new RoundModel(0, 1, First));
        Assert.Same(First, (await cohort.NextAsync<GlobalModel>()).Model);
    }

    [Fact]
    public async Task The_model_of_the_round_before_is_the_one_that_the_node_has_and_where_it_was_lost_it_is_asked_for()
    {
        var (models, server, cohort) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        _cache.Tell(new TakeModel(Begin(models, 0, 1), server), cohort);
        await models.NextAsync<RequestModel>();
        models.Reply(new RoundModel(0, 1, First));
        Assert.Null((await cohort.NextAsync<GlobalModel>()).Previous);

        _cache.Tell(new TakeModel(Begin(models, 0, 2), server), cohort);
        models.Send(_cache, new RoundModel(0, 2, Second, Follows: true));
        Assert.Same(First, (await cohort.NextAsync<GlobalModel>()).Previous);

        _cache.Tell(new TakeModel(Begin(models, 0, 4), server), cohort);
        models.Send(_cache, new RoundModel(0, 4, First, Follows: true)); // round 3 never came
        Assert.Equal(new RequestModel(0, 4), await models.NextAsync<RequestModel>());
        models.Reply(new RoundModel(0, 4, First, Second));
        Assert.Same(Second, (await cohort.NextAsync<GlobalModel>()).Previous);
    }

    [Fact]
    public async Task A_node_is_sent_the_model_of_the_round_before_only_where_it_may_lack_it()
    {
        var (cohorts, one, late) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var models = Sys.ActorOf(Props.Create(() => new ModelFanOut(cohorts)));
        models.Tell(new GlobalModel(0, 0, 0, 1, First));
        models.Tell(new RequestModel(0, 1), one);
        Assert.Equal(new RoundModel(0, 1, First), await one.NextAsync<RoundModel>());

        models.Tell(new GlobalModel(0, 0, 0, 2, Second, Previous: First));
        Assert.Equal(new RoundModel(0, 2, Second, Follows: true), await one.NextAsync<RoundModel>());
        models.Tell(new RequestModel(0, 2), late);
        Assert.Equal(new RoundModel(0, 2, Second, First), await late.NextAsync<RoundModel>());
        models.Tell(new RequestModel(0, 2), one); // it lost something
        Assert.Equal(new RoundModel(0, 2, Second, First), await one.NextAsync<RoundModel>());
    }

    [Fact]
    public async Task Games_do_not_mix_and_a_model_that_nobody_wants_is_not_kept()
    {
        var (one, other, server, cohort) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        other.Send(_cache, new RoundModel(0, 1, Second));
        _cache.Tell(new TakeModel(Begin(one, 0, 1), server), cohort);
        await one.NextAsync<RequestModel>();
        other.Send(_cache, new RoundModel(0, 1, Second));
        one.Reply(new RoundModel(0, 1, First));
        Assert.Same(First, (await cohort.NextAsync<GlobalModel>()).Model);
        await other.ExpectNoMsgAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
    }

    private static BeginRound Begin(Akka.TestKit.TestProbe models, int cohort, int round) => new(0, cohort, 0, round, models);
}
