namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>Learners against their definitions, computed anew from all that was played and paid before.</summary>
public class DefinitionSpec
{
    private const string Grid = """ "efforts": [0, 1], "batch-factors": [1], "gammas": [0, 1] """;

    /// <summary>What is asked first, then the rest of the grid.</summary>
    private static readonly ClientAction[] Actions = [new(1, 60, 1), new(0, 60, 0), new(0, 60, 1), new(1, 60, 0)];

    [Theory]
    [InlineData("", null, 0.2, 0.2)]
    [InlineData(""", "mu": 30, "exploration": 0.6, "decay": 0.1""", 30.0, 0.6, 0.1)]
    public void Regret_matching_is_that_of_Hart_and_Mas_Colell(string options, double? givenMu, double exploration, double decay)
    {
        List<(double[] Mix, int Action, double Payoff)> history = [];
        Play("regret-matching", options, seed =>
        {
            double[] mix = Mix();
            double uniform = seed.For("regret matching").Uniform(0);
            int drawn = Enumerable.Range(1, mix.Length).First(count => count == mix.Length || uniform < mix.Take(count).Sum()) - 1;
            return (drawn, payoff => history.Add((mix, drawn, payoff)));
        });

        double[] Mix()
        {
            if (history.Count == 0)
            {
                return [0.25, 0.25, 0.25, 0.25];
            }

            // Payoffs less the first one, as a constant is no regret.
            double[] u = [.. history.Select(past => past.Payoff - history[0].Payoff)];
            double mu = givenMu ?? (u.Max() - u.Min()) / 20, random = exploration / Math.Pow(u.Length, decay);
            int j = history[^1].Action;
            double[] mix = [.. Actions.Select((_, k) =>
            {
                double instead =
                    history.Zip(u).Sum(past => past.First.Action == k ? past.First.Mix[j] / past.First.Mix[k] * past.Second : 0);
                double regret = Math.Max(0, instead - history.Zip(u).Sum(past => past.First.Action == j ? past.Second : 0)) / u.Length;
                return (mu > 0 ? (1 - random) * Math.Min(regret / mu, 1.0 / 3) : 0) + random / 4;
            })];
            mix[j] = 1 - (mix.Sum() - mix[j]);
            return mix;
        }
    }

    [Theory]
    [InlineData("", null, 0.1, 0.02)]
    [InlineData(""", "step": 0.3, "epsilon": 0.7, "decay": 0.01""", 0.3, 0.7, 0.01)]
    public void Epsilon_greedy_is_that_of_Sutton_and_Barto(string options, double? step, double epsilon, double decay)
    {
        List<(int Action, double Payoff)> history = [];
        Play("epsilon-greedy", options, seed =>
        {
            int chosen = Choice(seed);
            return (chosen, payoff => history.Add((chosen, payoff)));
        });

        int Choice(Seed seed)
        {
            double[] values =
                [.. Actions.Select((_, action) => Value([.. history.Where(past => past.Action == action).Select(past => past.Payoff)]))];
            int[] untried = [.. Enumerable.Range(0, 4).Where(action => history.TrueForAll(past => past.Action != action))];
            return history.Count == 0 ? 0
                : untried.Length > 0 ? untried[seed.For("untried").Index(untried.Length, 0)]
                : seed.For("explore").Uniform(0) < epsilon / (1 + (decay * history.Count)) ? seed.For("arm").Index(4, 0)
                : Enumerable.Range(0, 4).MaxBy(action => values[action]);
        }

        double Value(double[] payoffs) => payoffs.Length == 0 ? double.NaN
            : step is { } weight ? payoffs.Skip(1).Aggregate(payoffs[0], (value, payoff) => ((1 - weight) * value) + (weight * payoff))
            : payoffs.Average();
    }

    /// <summary>Plays a learner, whose every action is what the reference chooses with the same seed.</summary>
    private static void Play(string name, string options, Func<Seed, (int Action, Action<double> Observe)> reference)
    {
        var strategy = Game.Strategy(name, $"{{ {Grid}{options} }}");
        for (int episode = 0; episode < 400; episode++)
        {
            var view = Bandit.View(episode, seed: 5);
            var (expected, observe) = reference(view.Seed);
            var action = strategy.Choose(view);
            Assert.True(Actions[expected] == action, $"episode {episode}: {action} is not {Actions[expected]}");

            // What is best changes in the middle of the game.
            double pay = (episode < 200 ? 20 : -20) * (action.Effort + action.Gamma) + (8 * new Seed(6).Normal(episode));
            var outcome = new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = pay,
                Cost = Bandit.Cost(action),
                TestLoss = 0,
            };
            ((IStrategyMemory)strategy).Observe(outcome);
            observe(outcome.Payoff);
        }
    }
}
