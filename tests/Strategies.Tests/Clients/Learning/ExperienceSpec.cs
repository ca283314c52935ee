namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>Best responses by experience.</summary>
public class ExperienceSpec
{
    private const string Options = """{ "belief": "experience" }""";

    private static readonly ClientAction Asked = new(1, 60, 1), FreeRide = new(0, 1, 0);

    [Fact]
    public void Under_flat_pay_it_rides_free_after_four_episodes()
    {
        var played = Bandit.Play(Game.Strategy("best-response", Options), 0, 200, _ => 25);
        Assert.Equal(2, played[..4].Count(action => action == Asked));
        Assert.Equal(2, played[..4].Count(action => action == FreeRide));
        Assert.All(Settled(played[4..]), action => Assert.Equal(FreeRide, action));
    }

    [Fact]
    public void Where_truth_is_best_by_less_than_chance_it_stays_near_and_shirks_at_most_a_few_times()
    {
        // The gains that were measured under the pilot surrogate, and noise of the size of the cost.
        foreach (ulong seed in (ulong[])[1, 2, 3, 4, 5])
        {
            var played = Bandit.Play(Game.Strategy("best-response", Options), 0, 600, PilotPay, noise: 20, seed);
            var last = Current(played[^200..]);
            Assert.Equal(1, last.Effort);
            Assert.True(PilotPay(last) - Bandit.Cost(last) > PilotPay(Asked) - Bandit.Cost(Asked) - 13, $"seed {seed} ends at {last}");
            Assert.True(played.Count(action => action is { Effort: < 1, Gamma: > 0 }) < 40);
        }
    }

    [Fact]
    public void A_free_rider_comes_back_where_that_pays()
    {
        var strategy = Game.Strategy(
            "best-response",
            """{ "belief": "experience", "experience": { "start-effort": 0, "start-batch-factor": 0.01, "start-gamma": 0 } }""");
        var played = Bandit.Play(strategy, 0, 600, PilotPay, noise: 20);
        Assert.Contains(FreeRide, played[..2]);
        Assert.Equal(1, Current(played[^200..]).Effort);
    }

    [Fact]
    public void It_begins_where_it_is_told_to()
    {
        var strategy = Game.Strategy(
            "best-response",
            """{ "belief": "experience", "experience": { "start-effort": 0.5, "start-batch-factor": 0.5, "start-gamma": 2 } }""");
        Assert.Contains(new ClientAction(0.5, 30, 2), Bandit.Play(strategy, 0, 2, _ => 0)); // beside the first candidate
    }

    [Fact]
    public void A_rest_is_not_longer_than_the_longest() => Assert.Equal(
        "clients[3].experience.max-rest: is 19; must be at least rest, 20",
        Game.SettingError(() => Game.Strategy("best-response", """{ "belief": "experience", "experience": { "max-rest": 19 } }""")));

    [Fact]
    public void A_token_report_is_found_where_no_other_dishonest_one_pays()
    {
        var played = Bandit.Play(
            Game.Strategy("best-response", Options), 0, 400, action => action.Effort == 1 || action.Gamma is > 0 and < 0.2 ? 100 : 0);
        Assert.True(Current(played[^200..]) is { Effort: 0, BatchSize: 1, Gamma: > 0 and < 0.2 });
    }

    [Fact]
    public void In_the_last_episode_of_a_turn_it_plays_what_it_keeps()
    {
        var strategy = Game.Strategy("best-response", Options);
        for (int turn = 0; turn < 20; turn++)
        {
            ClientAction last = default;
            for (int episode = 0; episode < 9; episode++)
            {
                var view = Bandit.View((100 * turn) + episode, 1) with { Repeats = episode == 8 ? 91 : 0 };
                last = strategy.Choose(view);
                double pay = 100 - (50 * Math.Pow(last.Gamma - 1.8, 2)) + (60 * last.Effort);
                ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
                {
                    Episode = view.Episode,
                    Action = last,
                    Reward = pay,
                    Cost = Bandit.Cost(last),
                    TestLoss = 0,
                });
            }

            Assert.Equal(1, last.Effort);
            Assert.True(last.Gamma >= 1 && (turn < 10 || Math.Abs(last.Gamma - 1.8) < 0.15), $"turn {turn}: {last}");
        }
    }

    [Fact]
    public void In_the_last_episode_of_a_game_it_plays_what_it_keeps()
    {
        Assert.Contains(Enumerable.Range(5, 40), episodes => Last(episodes, of: 100) != FreeRide);
        Assert.All(Enumerable.Range(5, 40), episodes => Assert.Equal(FreeRide, Last(episodes, of: episodes)));

        static ClientAction Last(int episodes, int of) =>
            Bandit.Play(Game.Strategy("best-response", Options), 0, episodes, _ => 25, episodes: of)[^1];
    }

    private static double PilotPay(ClientAction action) => 1000
        - (action.Gamma == 0 ? 0 : 1600 * (1 - action.Effort)) // a free rider's report is the model it was sent
        - (360 / Math.Max(1, (double)action.BatchSize) * Math.Min(1, action.Gamma))
        - (action.Gamma < 1 ? 85 * Math.Pow(action.Gamma - 1, 2) : 20 * Math.Pow(action.Gamma - 1.2, 2));

    private static ClientAction Current(IEnumerable<ClientAction> played) =>
        played.GroupBy(action => action).MaxBy(same => same.Count())!.Key;

    /// <summary>What is played where not a deviation is tried.</summary>
    private static IEnumerable<ClientAction> Settled(List<ClientAction> played) =>
        played.Where((action, episode) => episode > 0 && action == played[episode - 1]);
}
