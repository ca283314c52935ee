using System.Globalization;
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
            using var parts = GameParts.Of(prepared, catalog);
            parts.Try(mechanism);
            foreach (var warning in Warnings(prepared, mechanism, parts).Where(told.Add))
            {
                warn(warning);
            }

            games.Add(prepared);
        }

        return new ExperimentPlan(plan.Name, plan.SweptPaths, games);
    }

    /// <summary>The surrogate of one game; games that differ only in what it does not depend on share it.</summary>
    public async Task<LossSurrogate> SurrogateOfAsync(GameDefinition game, PluginChoice choice)
    {
        var crowd = game.Crowd;
        string key = string.Join(
            '|', game.Seed, game.Learning, choice, crowd.Clients, string.Join(',', crowd.BatchSizes),
            string.Join(',', crowd.LabelingCosts), string.Join(',', crowd.ComputationCosts),
            string.Join(';', crowd.Groups.Where(group => group.Weight != 1 || group.LabelingCost is not null || group.ComputationCost is not null)
                .Select(group => $"{string.Join(',', group.Members)}:{group.Weight}:{group.LabelingCost}:{group.ComputationCost}")));
        if (!_made.TryGetValue(key, out var surrogate))
        {
            _made[key] = surrogate = await Task.Run(() => Fit(game, choice), cancel);
        }

        return surrogate;
    }

    private static IEnumerable<string> Warnings(GameDefinition game, IIncentiveMechanism mechanism, GameParts parts) =>
    [
        .. (mechanism as IWarningMechanism)?.Warnings(parts.View()) ?? [],
        .. game.Incentive.Floor is { } floor
            ? (string[])[string.Create(
                CultureInfo.InvariantCulture, $"rewards are raised to {floor} where they are lower: truthfulness is not proved for such pay")]
            : [],
    ];

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
