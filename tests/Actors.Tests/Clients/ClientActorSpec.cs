using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Clients;

/// <summary>Client 0 of a game, between a scripted cohort and a scripted trainer.</summary>
public class ClientActorSpec : TestKit
{
    private static readonly ModelVector Global = ModelVector.Of(new float[TinyModel.Length]);

    private readonly TestProbe _cohort;
    private readonly TestProbe _trainer;
    private readonly IActorRef _client;

    public ClientActorSpec()
        : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
        (_cohort, _trainer) = (CreateTestProbe(), CreateTestProbe());
        var plugins = new FakePlugins();
        var (game, trainer) = (Games.Of(("truthful", 4)).Hosted(plugins), _trainer.Ref);
        _client = _cohort.ChildActorOf(
            Props.Create(() => new ClientActor(game, plugins.Catalog, 0, trainer, null)),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_trained_in_an_earlier_round_is_dropped()
    {
        await AssignAsync(episode: 0);
        var first = await TrainAsync(episode: 0, round: 1);
        var second = await TrainAsync(episode: 0, round: 2);
        Trained(first, 1);
        Trained(second, 2);
        await ReportedAsync(round: 2, value: 2);
        Trained(second, 3); // told twice
        Assert.Equal(2, (await EndAsync(episode: 0)).Dropped);
    }

    [Fact]
    public async Task What_was_trained_in_an_earlier_episode_is_dropped()
    {
        await AssignAsync(episode: 0);
        var late = await TrainAsync(episode: 0, round: 1);
        Assert.Equal(0, (await EndAsync(episode: 0)).Dropped);
        await AssignAsync(episode: 1);
        Trained(late, 1);
        var work = await TrainAsync(episode: 1, round: 1);
        Trained(late, 1, "of long ago");
        Trained(work, 2);
        await ReportedAsync(round: 1, value: 2, episode: 1);
        Assert.Equal(2, (await EndAsync(episode: 1)).Dropped);
    }

    [Fact]
    public async Task What_was_trained_for_an_earlier_incarnation_is_dropped()
    {
        await AssignAsync(episode: 0);
        var work = await TrainAsync(episode: 0, round: 1);
        Trained(work with { }, 1); // equal to what this one asked for, and yet not that
        Trained(work, 2);
        await ReportedAsync(round: 1, value: 2);
        Assert.Equal(1, (await EndAsync(episode: 0)).Dropped);
    }

    [Fact]
    public async Task What_is_of_no_episode_of_the_client_is_dropped()
    {
        _client.Tell(new GlobalModel(0, 0, 0, 1, Global), _cohort);
        _client.Tell(new Reward(0, 1, 2), _cohort);
        await AssignAsync(episode: 1);
        _client.Tell(new GlobalModel(0, 0, 0, 1, Global), _cohort);
        _client.Tell(new Reward(0, 1, 2), _cohort);
        Assert.Equal(4, (await EndAsync(episode: 1)).Dropped);
        Assert.Equal(0, (await EndAsync(episode: 1)).Dropped); // said once
    }

    private async Task AssignAsync(int episode)
    {
        _client.Tell(new Assign(episode, new Assignment(1, 2, 1, new RewardTerms(0, 0))), _cohort);
        Assert.Equal(episode, (await _cohort.NextAsync<Ready>()).Episode);
    }

    private async Task<TrainLocally> TrainAsync(int episode, int round)
    {
        _client.Tell(new GlobalModel(0, 0, episode, round, Global), _cohort);
        var work = await _trainer.NextAsync<TrainLocally>();
        Assert.Equal((episode, round), (work.Episode, work.Round));
        return work;
    }

    private void Trained(TrainLocally work, float value, string? failure = null)
    {
        var local = new float[TinyModel.Length];
        Array.Fill(local, value);
        _client.Tell(new Trained(work, ModelVector.Of(local), failure), _trainer);
    }

    private async Task ReportedAsync(int round, float value, int episode = 0)
    {
        var report = await _cohort.NextAsync<LocalModel>();
        Assert.Equal((episode, round, value), (report.Episode, report.Round, report.Model.Span[0]));
    }

    private async Task<ClientEnded> EndAsync(int episode)
    {
        _client.Tell(new Reward(episode, 1, 2), _cohort);
        var ended = await _cohort.NextAsync<ClientEnded>();
        Assert.Equal((episode, null), (ended.Outcome.Episode, ended.Outcome.Failure));
        return ended;
    }
}
