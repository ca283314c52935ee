namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>Imitation of better-paid clients.</summary>
public class ImitationSpec
{
    private static readonly PublishedPayoff
        Free = new() { Behavior = new Behavior(0, 1.0 / 60, 0), Clients = 2, MeanPayoff = 30 },
        Asked = new() { Behavior = new Behavior(1, 1, 1), Clients = 6, MeanPayoff = 10 };

    [Fact]
    public void In_the_first_episode_it_plays_a_random_action_of_the_grid_or_what_is_asked()
    {
        var random = Enumerable.Range(0, 200).Select(seed => Game.Strategy("imitation").Choose(Bandit.View(0, (ulong)seed))).ToList();
        Assert.Equal(12, random.Distinct().Count());
        var asked = Game.Strategy("imitation", """{ "variety": 0 }""").Choose(Bandit.View(0, 1));
        Assert.Equal(new ClientAction(1, 60, 1), asked);
    }

    [Fact]
    public void It_adopts_what_it_meets_in_proportion_to_what_that_pays_more()
    {
        // It meets a free rider one time in four, and adopts for gains of 20 and 10 out of a range of 20: always, and every second time.
        Assert.Equal(0.25, Adopts(own: 10), 0.04);
        Assert.Equal(0.125, Adopts(own: 20), 0.03);
        Assert.Equal(0, Adopts(own: 30));

        static double Adopts(double own) => Enumerable.Range(0, 2000).Count(seed =>
        {
            var strategy = Game.Strategy("imitation", """{ "variety": 0, "mutation": 0 }""");
            var action = strategy.Choose(Bandit.View(0, 1));
            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = 0,
                Action = action,
                Reward = own,
                Cost = 0,
                TestLoss = 0,
            });
            return strategy.Choose(Bandit.View(1, (ulong)seed) with { Published = [Free, Asked] }) == new ClientAction(0, 1, 0);
        }) / 2000.0;
    }

    [Fact]
    public void Where_all_failed_it_goes_on_as_before()
    {
        var strategy = Game.Strategy("imitation", """{ "mutation": 0 }""");
        var action = strategy.Choose(Bandit.View(0, 4));
        Assert.Equal(action, strategy.Choose(Bandit.View(1, 4) with { Published = [] }));
    }

    [Fact]
    public void Its_memory_holds_what_it_plays_what_that_paid_and_the_range_of_payoffs()
    {
        var (strategy, moved) = (Game.Strategy("imitation"), Game.Strategy("imitation"));
        for (int episode = 0; episode < 50; episode++)
        {
            var view = Bandit.View(episode, 3) with { Published = episode == 0 ? null : [Free with { MeanPayoff = 40 - episode }, Asked] };
            var action = strategy.Choose(view);
            if (episode > 0)
            {
                Assert.Equal(action, moved.Choose(view));
            }

            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = (10 * action.Effort) + episode,
                Cost = 0,
                TestLoss = 0,
            });
            moved = Game.Strategy("imitation");
            ((IStrategyMemory)moved).Load(Game.Save(strategy));
            Assert.Equal(Game.Save(strategy), Game.Save(moved));
        }
    }

    [Fact]
    public void It_says_so_where_payoffs_are_not_published() => Assert.Equal(
        "imitation needs to know what others are paid; set experiment.publish-payoffs = on",
        Assert.Throws<InvalidActionException>(() => Game.Strategy("imitation").Choose(Bandit.View(1, 1))).Message);
}
