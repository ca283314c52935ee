using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// Takes down beside the tables of a run what its episodes lead to in expectation, as far as that has a closed form
/// (<see cref="ExpectedTable"/>). It is a function of the recorded actions, so a resumed run has the same.
/// </summary>
/// <param name="catalog">All plug-ins.</param>
internal sealed class Expectations(PluginCatalog catalog) : IDisposable
{
    /// <summary>By what payoffs depend on; null: they have no closed form.</summary>
    private readonly Dictionary<(string Game, IncentiveDefinition Pay), ExactPayoffs?> _payoffs = [];

    private readonly Dictionary<PluginChoice, bool> _reporters = [];
    private readonly List<ExpectedRow> _rows = [];

    /// <summary>A sink that looks at what goes into another one.</summary>
    public IEpisodeSink Beside(IEpisodeSink tables) => new ListeningSink(tables, Add);

    /// <summary>Writes the table, where there is anything in it.</summary>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public void Write(string directory) => ExpectedTable.Write(directory, _rows);

    public void Dispose()
    {
        foreach (var payoffs in _payoffs.Values)
        {
            payoffs?.Dispose();
        }
    }

    private void Add(RecordedEpisode episode)
    {
        // A model that classifies learns from data and has no closed form: it is not made once more to be asked.
        if (!double.IsNaN(episode.Result.Rounds[^1].Evaluation.Accuracy)
            || episode.Clients.Any(client => client.Failure is not null || client.Action is not { Attendance: 1 })
            || PayoffsOf(episode.Game) is not { } payoffs
            || episode.Game.Crowd.Groups.Any(ReportsOtherwise))
        {
            return;
        }

        var profile = new Profile([.. episode.Clients.Select(client => client.Action!.Value)]);
        double loss = payoffs.Loss(profile);
        foreach (var client in episode.Clients)
        {
            double payoff = payoffs.Of(client.Client, profile);
            if (double.IsFinite(payoff))
            {
                _rows.Add(new ExpectedRow(episode.Number, client.Client, loss, payoff, payoff + client.Cost));
            }
        }
    }

    private ExactPayoffs? PayoffsOf(GameDefinition game)
    {
        var key = (GameKey.WithCosts(game), game.Incentive);
        if (!_payoffs.TryGetValue(key, out var payoffs))
        {
            try
            {
                payoffs = ExactPayoffs.Of(game, catalog);
            }
            catch (SettingException)
            {
                payoffs = null;
            }

            _payoffs[key] = payoffs;
        }

        return payoffs;
    }

    /// <summary>The closed form is that of w + gamma (w_H - w).</summary>
    private bool ReportsOtherwise(ClientGroup group) => _reporters.TryGetValue(group.Strategy, out bool known)
        ? known
        : _reporters[group.Strategy] =
            catalog.CreateStrategy(group.Strategy, group.Members[0].First).Capability<IReporter>() is not null;
}
