namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>A client alone with payoffs that depend on its action and on chance only.</summary>
internal static class Bandit
{
    /// <summary>What the actions cost the client apart from their pay.</summary>
    public static double Cost(ClientAction action) => Game.View().Costs.Of(action, Game.Protocol);

    /// <summary>The view of an episode.</summary>
    public static ClientView View(int episode, ulong seed) =>
        Game.View(episode: episode) with { Seed = new Seed(seed).For("strategy", episode, 7) };

    /// <summary>Plays a strategy for some episodes.</summary>
    /// <param name="strategy">A learner.</param>
    /// <param name="from">The first episode.</param>
    /// <param name="to">One after the last.</param>
    /// <param name="pay">The pay without noise.</param>
    /// <param name="noise">Its standard deviation.</param>
    /// <param name="seed">Of choices and noise.</param>
    /// <param name="episodes">How many the game has; 0: nobody said.</param>
    /// <returns>What it played.</returns>
    public static List<ClientAction> Play(
        IClientStrategy strategy, int from, int to, Func<ClientAction, double> pay, double noise = 0, ulong seed = 1, int episodes = 0)
    {
        var played = new List<ClientAction>();
        for (int episode = from; episode < to; episode++)
        {
            var action = strategy.Choose(View(episode, seed) with { Episodes = episodes }).Validated(1000);
            played.Add(action);
            double reward = pay(action) + noise * new Seed(seed).For("noise", episode).Normal(0);
            ((IStrategyMemory)strategy).Observe(new EpisodeOutcome
            {
                Episode = episode,
                Action = action,
                Reward = reward,
                Cost = Cost(action),
                TestLoss = 0,
            });
        }

        return played;
    }
}
