using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Dynamics;

/// <summary>Expected payoffs in closed form: r = Fixed - LossSlope E f(w_T), less the cost of the action.</summary>
internal sealed class ExactPayoffs : IDisposable
{
    private const string Setting = "experiment.dynamics.payoffs";

    private readonly GameParts _parts;
    private readonly TrainingProtocol _protocol;
    private readonly IExpectedLoss _loss;
    private readonly IReadOnlyList<Assignment> _assignments;

    private ExactPayoffs(GameParts parts, TrainingProtocol protocol, IExpectedLoss loss, IReadOnlyList<Assignment> assignments) =>
        (_parts, _protocol, _loss, _assignments) = (parts, protocol, loss, assignments);

    /// <exception cref="SettingException">The game has no payoffs in closed form; says why.</exception>
    public static ExactPayoffs Of(GameDefinition game, PluginCatalog catalog)
    {
        var parts = GameParts.Of(game, catalog);
        try
        {
            var loss = parts.ExpectedLoss ?? throw Impossible($"the model '{game.Learning.Model.Name}' has no expected loss in closed form");
            if (game.Learning.Aggregator.Name != "mean")
            {
                throw Impossible($"the closed form is that of the aggregator mean, not of '{game.Learning.Aggregator.Name}'");
            }

            if (game.Incentive is not { PayoffBasis: PayoffBasis.Expected, Floor: null })
            {
                throw Impossible("it needs game.payoff-basis = expected and game.floor = none");
            }

            var assignments = parts.Try(catalog.CreateMechanism(game.Incentive.Mechanism));
            return assignments.Any(assignment => assignment.Terms.Fixed != 0 || assignment.Terms.LossSlope != 0)
                ? new ExactPayoffs(parts, game.Learning.Protocol, loss, assignments)
                : throw Impossible($"the mechanism '{game.Incentive.Mechanism.Name}' does not pay by the loss alone");
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>A client's expected payoff in a profile, in money.</summary>
    public double Of(int client, Profile profile)
    {
        var terms = _assignments[client].Terms;
        return terms.Fixed - terms.LossSlope * _loss.ExpectedLoss(profile.Actions, _protocol)
            - _parts.Profiles[client].Costs.Of(profile.Actions[client], _protocol);
    }

    /// <summary>What a client is asked for.</summary>
    public ClientAction Assigned(int client) => _assignments[client].AsAction;

    /// <summary>The largest batch that a client can draw.</summary>
    public int MaxBatchSize(int client) => _parts.Profiles[client].MaxBatchSize;

    public void Dispose() => _parts.Dispose();

    private static SettingException Impossible(string why) => new(Setting, $"is exact, but {why}; must be played");
}
