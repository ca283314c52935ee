namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>What holds for every strategy that learns.</summary>
public class LearnerSpec
{
    private const string Bandits = """ "efforts": [0, 1], "batch-factors": [0.5, 1], "gammas": [0, 1, 2] """;

    public static TheoryData<string, string> Learners => new()
    {
        { "epsilon-greedy", $"{{ {Bandits} }}" },
        { "epsilon-greedy", $$"""{ {{Bandits}}, "step": 0.2, "decay": 0 }""" },
        { "regret-matching", $"{{ {Bandits} }}" },
        { "epsilon-greedy", $$"""{ {{Bandits}}, "reports": ["linear 2 0", "stale"] }""" },
        { "regret-matching", $$"""{ {{Bandits}}, "reports": ["linear 2 0"] }""" },
        { "best-response", """{ "belief": "experience" }""" },
    };

    [Theory]
    [InlineData("epsilon-greedy")]
    [InlineData("regret-matching")]
    public void A_bandit_learns_a_report_that_changes_where_that_pays(string name)
    {
        var strategy = Game.Strategy(name, $$"""{ {{Bandits}}, "reports": ["linear 2 0", "linear 0 2"] }""");
        var last = new List<float>();
        for (int episode = 0; episode < 2000; episode++)
        {
            var action = strategy.Choose(Bandit.View(episode, 3));
            float scale = Scale(strategy);
            last.Add(scale);
            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = 10 * scale + new Seed(3).For("noise", episode).Normal(0),
                Cost = 0,
                TestLoss = 0,
            });
        }

        Assert.All((float[])[0, 1, 2], scale => Assert.Contains(scale, last));
        Assert.True(last.Skip(1500).Average() > 1.4, $"{last.Skip(1500).Average()}"); // the first round is scaled by 2

        static float Scale(IClientStrategy strategy)
        {
            float[] report = [1];
            strategy.Capability<IReporter>()?.Report(
                new ReportView
                {
                    Client = 7,
                    Round = 1,
                    Rounds = 5,
                    Global = new float[1],
                    Local = new float[1],
                    Seed = new Seed(1),
                },
                report);
            return report[0];
        }
    }

    [Theory]
    [InlineData("epsilon-greedy")]
    [InlineData("regret-matching")]
    public void A_report_that_is_none_is_refused(string name) => Assert.StartsWith(
        "clients[3].reports: has 'loud'; must be of linear A B",
        Game.SettingError(() => Game.Strategy(name, """{ "reports": ["loud"] }""")),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Learners))]
    public void It_comes_to_play_the_best_action(string name, string options)
    {
        // Labels are worth 60 and cost 20; gamma is best at 1: as asked pays 34, no other action of the grid more than 29.
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            var played = Bandit.Play(Game.Strategy(name, options), 0, 3000, Pay, noise: 3, seed);
            double mean = played[2500..].Average(action => Pay(action) - Bandit.Cost(action));
            Assert.True(mean > 26, $"seed {seed}: the last 500 episodes pay {mean} on average");
            Assert.Equal(1, Mode(played[2500..]).Effort);
            Assert.Equal(1, Mode(played[2500..]).Gamma, 0.3);
        }

        static double Pay(ClientAction action) => (60 * action.Effort) - (20 * Math.Pow(action.Gamma - 1, 2));
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Its_memory_holds_all_that_it_learned_wherever_it_is_taken(string name, string options)
    {
        foreach (int moved in (int[])[0, 1, 2, 7, 33, 150])
        {
            var whole = Game.Strategy(name, options);
            Bandit.Play(whole, 0, moved, Pay, noise: 3);
            var continued = Game.Strategy(name, options);
            if (moved > 0)
            {
                ((IStrategyMemory)continued).Load(Game.Save(whole));
                Assert.Equal(Game.Save(whole), Game.Save(continued));
            }

            Assert.Equal(Bandit.Play(whole, moved, moved + 200, Pay, noise: 3), Bandit.Play(continued, moved, moved + 200, Pay, noise: 3));
            Assert.Equal(Game.Save(whole), Game.Save(continued));
        }

        static double Pay(ClientAction action) => (40 * action.Effort) - Math.Pow(action.Gamma - 1.3, 2);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Choosing_twice_is_choosing_once(string name, string options)
    {
        // A client that moves in the middle of an episode chooses again.
        var (strategy, moving) = (Game.Strategy(name, options), Game.Strategy(name, options));
        for (int episode = 0; episode < 60; episode++)
        {
            var memory = Game.Save(strategy);
            var action = Bandit.Play(strategy, episode, episode + 1, Pay).Single();
            moving = Game.Strategy(name, options);
            ((IStrategyMemory)moving).Load(memory);
            Assert.Equal(action, moving.Choose(Bandit.View(episode, 1)));
        }

        static double Pay(ClientAction action) => 40 * action.Effort;
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void It_refuses_a_memory_that_is_not_its_own(string name, string options)
    {
        var strategy = (IStrategyMemory)Game.Strategy(name, options);
        Bandit.Play((IClientStrategy)strategy, 0, 5, _ => 1);
        byte[] memory = Game.Save((IClientStrategy)strategy);
        Assert.Throws<InvalidDataException>(() => strategy.Load(memory.AsSpan(0, memory.Length - 1)));
        Assert.Throws<InvalidDataException>(() => strategy.Load([.. memory, 0]));
    }

    [Theory]
    [InlineData("""{ "efforts": [2] }""", "clients[3].efforts: has 2; must be at least 0 and at most 1")]
    [InlineData("""{ "batch-factors": [] }""", "clients[3].batch-factors: is empty; needs at least one number")]
    [InlineData("""{ "gammas": [-1] }""", "clients[3].gammas: has -1; must be at least 0")]
    public void A_grid_out_of_range_is_refused(string options, string error)
    {
        foreach (var name in (string[])["epsilon-greedy", "regret-matching", "best-response"])
        {
            Assert.Equal(error, Game.SettingError(() => Game.Strategy(name, options)));
        }
    }

    private static ClientAction Mode(IEnumerable<ClientAction> actions) =>
        actions.GroupBy(action => action).MaxBy(same => same.Count())!.Key;
}
