using Akka.Actor;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class MovingCohortSpec
{
    public static TheoryData<string, string, ulong> Moments => new(
        from moment in (string[])["labeling", "training", "replay", "paying", "any"]
        from aggregator in (string[])["mean", "chained"]
        from seed in (ulong[])[1, 2]
        select (moment, aggregator, seed));

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Cohorts_that_die_are_made_anew_and_change_no_bit(string moment, string aggregator, ulong seed)
    {
        var (game, kills) = (MovingGames.Of(aggregator, cohortSize: 3), new Kills());
        string undisturbed = await MovingGames.UndisturbedAsync(game);
        var (_, text) = await MovingGames.DisturbedAsync(game, (system, region) => Killer(system, region, moment, seed, kills));

        Assert.Equal(undisturbed, text);
        Assert.True(kills.Count > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task So_do_cohorts_that_die_on_a_lossy_network(ulong seed)
    {
        var (game, kills, disturbances) = (MovingGames.Of("mean", cohortSize: 3), new Kills(), new Disturbances());
        string undisturbed = await MovingGames.UndisturbedAsync(game);
        var (_, text) = await MovingGames.DisturbedAsync(game, (system, region) =>
        {
            var killer = Killer(system, region, "any", seed, kills);
            return system.ActorOf(Props.Create(() => new LossyNetwork(new Seed(seed), killer, disturbances)));
        });

        Assert.Equal(undisturbed, text);
        Assert.True(kills.Count > 0 && disturbances.Lost > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_client_that_fails_after_it_was_paid_ends_the_game_even_where_its_cohort_dies_on_a_lossy_network(ulong seed)
    {
        var plugins = new FakePlugins().AddStrategy("forgetful", _ => new FakeLearner(_ => throw new InvalidOperationException("boom")));
        var (kills, disturbances) = (new Kills(), new Disturbances());
        var game = Games.Of(("truthful", 4), ("forgetful", 2), ("truthful", 3)) with { Episodes = 2 };
        var (result, _) = await MovingGames.DisturbAsync(
            plugins, game.Playing(execution => execution with { CohortSize = 3 }), (system, region) =>
        {
            var killer = Killer(system, region, "any", seed, kills);
            return system.ActorOf(Props.Create(() => new LossyNetwork(new Seed(seed), killer, disturbances)));
        });
        Assert.Equal("client 4, round 3 of episode 0: its strategy 'forgetful' failed to observe: boom", result.Failure);
        Assert.True(kills.Count > 0);
    }

    private static IActorRef Killer(ActorSystem system, IActorRef region, string moment, ulong seed, Kills kills) =>
        system.ActorOf(Props.Create(() => new CohortKiller(new Seed(seed), region, message => IsAt(moment, message), kills)));

    private static bool IsAt(string moment, IToCohort message) => moment switch
    {
        "labeling" => message is CohortAssignments,
        "training" => message is GlobalModel { Without: null },
        "replay" => message is GlobalModel { Without: not null },
        "paying" => message is CohortRewards,
        _ => message is not StopCohort,
    };
}
