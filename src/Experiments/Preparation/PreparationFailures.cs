using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Experiments.Preparation;

/// <summary>Games of a plan that cannot be prepared. A sweep plays the others; elsewhere the first one ends the run, and is
/// named.</summary>
/// <param name="plan">All games.</param>
internal sealed class PreparationFailures(ExperimentPlan plan)
{
    private readonly SortedDictionary<int, FailedGame> _failed = new(plan.Failed.ToDictionary(failed => failed.Game));
    private Exception? _first;

    /// <summary>The games that failed, in their order.</summary>
    /// <exception cref="SettingException">No game is left, for the first reason that was met.</exception>
    /// <exception cref="PilotException">As well.</exception>
    public IReadOnlyList<FailedGame> Failed => _failed.Count == plan.Games.Count && _first is not null ? throw _first : [.. _failed.Values];

    public bool Has(GameDefinition game) => _failed.ContainsKey(game.Game);

    /// <summary>Does something that games need to be played.</summary>
    /// <returns>False where that failed, so that they cannot be.</returns>
    public async Task<bool> TryAsync(IReadOnlyList<GameDefinition> games, Func<Task> prepare)
    {
        try
        {
            await prepare();
            return true;
        }
        catch (Exception e) when (e is SettingException or PilotException)
        {
            var named = plan.Games.Count == 1 ? e : Named(e, plan.NameOf(games[0]));
            if (!plan.GoesOn)
            {
                throw named;
            }

            _first ??= named;
            foreach (var game in games)
            {
                _failed.TryAdd(game.Game, new FailedGame(game.Game, game.Seed, game.Swept, e.Message));
            }

            return false;
        }
    }

    private static Exception Named(Exception e, string game) => e is SettingException setting
        ? new SettingException(setting.Path, $"{setting.Message[(setting.Path.Length + 2)..]} (in {game})")
        : new PilotException(e.Message, game);
}
