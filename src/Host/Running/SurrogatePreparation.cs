using Akka.Actor;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Running;

/// <summary>Makes the loss surrogates that the mechanisms of a run ask for, before its games start.</summary>
internal sealed class SurrogatePreparation(PluginCatalog catalog, ActorSystem system, int parallelGames, CancellationToken cancel)
{
    /// <summary>The batch size that a surrogate is made around where the mechanism is to find it.</summary>
    private const int StartingBatchSize = 50;

    private readonly Dictionary<string, LossSurrogate> _made = [];
    private readonly Dictionary<string, (IReadOnlyList<ClientCosts> Costs, IReadOnlyList<Assignment> Assignments)> _announced = [];
    private readonly List<AnnouncedTerms> _terms = [];

    /// <summary>What was announced to the clients of every game that has a surrogate, in the order of the games.</summary>
    public IReadOnlyList<AnnouncedTerms> Terms => _terms;

    /// <summary>Gives every game the surrogate that its mechanism asks for.</summary>
    /// <param name="plan">Games, checked (<see cref="GameCheck"/>).</param>
    /// <param name="warn">Told once of everything that the user should know.</param>
    /// <exception cref="SettingException">A game has no such surrogate.</exception>
    public async Task<ExperimentPlan> PrepareAsync(ExperimentPlan plan, Action<string> warn)
    {
        var games = new List<GameDefinition>();
        var told = new HashSet<string>();
        foreach (var game in plan.Games)
        {
            var mechanism = catalog.CreateMechanism(game.Incentive.Mechanism);
            var prepared = mechanism is ISurrogateMechanism asking
                ? game with { Incentive = game.Incentive with { Surrogate = await SurrogateOfAsync(game, asking.Surrogate) } }
                : game;
            // Games that differ only in what clients do hear the same.
            string key = $"{game.Incentive.Mechanism}|{Key(game)}";
            if (!_announced.TryGetValue(key, out var announced))
            {
                using var parts = GameParts.Of(prepared, catalog);
                announced = ([.. parts.Profiles.Select(profile => profile.Costs)], mechanism.Announce(parts.View()));
                _announced[key] = announced;
                foreach (var warning in (mechanism as IWarningMechanism)?.Warnings(parts.View()).Where(told.Add) ?? [])
                {
                    warn(warning);
                }
            }

            if (mechanism is ISurrogateMechanism)
            {
                _terms.Add(new AnnouncedTerms(game.Game, announced.Costs, announced.Assignments));
            }

            games.Add(prepared);
        }

        return new ExperimentPlan(plan.Name, plan.SweptPaths, games);
    }

    /// <summary>The surrogate of one game; games that differ only in what it does not depend on share it.</summary>
    public async Task<LossSurrogate> SurrogateOfAsync(GameDefinition game, PluginChoice choice)
    {
        string key = $"{choice}|{Key(game)}";
        if (!_made.TryGetValue(key, out var surrogate))
        {
            _made[key] = surrogate = await Task.Run(() => Fit(game, choice), cancel);
        }

        return surrogate;
    }

    /// <summary>What a game is to a mechanism before it is played.</summary>
    private static string Key(GameDefinition game)
    {
        var crowd = game.Crowd;
        return string.Join(
            '|', game.Seed, game.Learning, crowd.Clients, string.Join(',', crowd.BatchSizes),
            string.Join(',', crowd.LabelingCosts), string.Join(',', crowd.ComputationCosts),
            string.Join(';', crowd.Groups.Where(group => group.Weight != 1 || group.LabelingCost is not null || group.ComputationCost is not null)
                .Select(group => $"{string.Join(',', group.Members)}:{group.Weight}:{group.LabelingCost}:{group.ComputationCost}")));
    }

    private LossSurrogate Fit(GameDefinition game, PluginChoice choice)
    {
        using var parts = GameParts.Of(game, catalog);
        int[] batchSizes = [.. parts.Profiles.Select(profile => profile.BatchSize ?? Math.Min(StartingBatchSize, profile.MaxBatchSize))];
        return catalog.CreateSurrogate(choice).Fit(new SurrogateSetup
        {
            Clients = parts.Profiles,
            Protocol = game.Learning.Protocol,
            BatchSizes = batchSizes,
            Seed = new Seed(game.Seed).For("surrogate"),
            Path = choice.Path,
            Constants = () => parts.Constants(batchSizes),

            // The fit is a calculation like any other to its source; here it waits for the actors, on a thread of its own.
            Play = episodes => PilotPlay.PlayAsync(system, game, episodes, parallelGames, cancel).GetAwaiter().GetResult(),
        });
    }
}
