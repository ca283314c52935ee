using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Analysis.Regret;

namespace FLCrowd.Experiments.Games;

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

    /// <summary>Looks at what needs no terms of the mechanism: those may take long to prepare.</summary>
    /// <exception cref="SettingException">The game has no payoffs in closed form; says why.</exception>
    public static void Require(GameDefinition game, PluginCatalog catalog)
    {
        using var parts = GameParts.Of(game, catalog);
        Check(game, parts, catalog.CreateMechanism(game.Incentive.Mechanism));
    }

    /// <param name="game">A game that is ready to be played.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <exception cref="SettingException">The game has no payoffs in closed form; says why.</exception>
    public static ExactPayoffs Of(GameDefinition game, PluginCatalog catalog)
    {
        var parts = GameParts.Of(game, catalog);
        try
        {
            var mechanism = catalog.CreateMechanism(game.Incentive.Mechanism);
            var loss = Check(game, parts, mechanism);
            var assignments = parts.Try(mechanism);
            double asAsked = loss.ExpectedLoss([.. assignments.Select(assignment => assignment.AsAction)], game.Learning.Protocol);
            if (!Magnitude.IsLoss(asAsked))
            {
                throw Diverged(asAsked, "all do as they are asked");
            }

            return PaysAsAnnounced(mechanism, assignments, game.Learning.Protocol, [0, asAsked, 2 * asAsked])
                ? new ExactPayoffs(parts, game.Learning.Protocol, loss, assignments)
                : throw Unpaid(game);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>E f(w_T) in a profile; not a loss where the model diverges.</summary>
    public double Loss(Profile profile) => _loss.ExpectedLoss(profile.Actions, _protocol);

    /// <summary>A client's expected payoff in a profile, in money; that of a profile in which the model diverges is infinitely
    /// bad.</summary>
    public double Of(int client, Profile profile)
    {
        var terms = _assignments[client].Terms;
        double loss = _loss.ExpectedLoss(profile.Actions, _protocol);
        double payoff = terms.Fixed - terms.LossSlope * loss - _parts.Profiles[client].Costs.Of(profile.Actions[client], _protocol);
        return Magnitude.IsLoss(loss) && Magnitude.IsMoney(payoff) ? payoff : double.NegativeInfinity;
    }

    /// <summary>The same where the profile is played.</summary>
    /// <exception cref="SettingException">The model diverges there, or somebody stays away from rounds.</exception>
    public double OfPlayed(int client, Profile profile)
    {
        if (profile.Actions.Any(action => action.Attendance != 1))
        {
            throw Impossible("the closed form is that of clients who come to every round, and a strategy has attendance below 1");
        }

        double payoff = Of(client, profile);
        return double.IsFinite(payoff)
            ? payoff
            : throw Diverged(_loss.ExpectedLoss(profile.Actions, _protocol), $"client {client} responds");
    }

    /// <summary>What deviations from a profile gain.</summary>
    /// <param name="design">The grid of deviations.</param>
    /// <param name="block">Whose deviations.</param>
    /// <param name="profile">The profile, which is played.</param>
    /// <exception cref="SettingException">The model diverges in the profile.</exception>
    public ExactGains Gains(RegretDesign design, RegretBlock block, Profile profile)
    {
        double[] now = [.. profile.Actions.Select((_, client) => OfPlayed(client, profile))];
        var coalitions = new Dictionary<(string Coalition, int Client), double>();
        foreach (var coalition in block.Coalitions)
        {
            var joint = coalition.Members.Aggregate(profile, (changed, client) => changed.With(
                client, Action(client, profile.Actions[client], coalition.Effort, coalition.BatchFactor, coalition.Gamma)));
            for (int client = 0; client < now.Length; client++)
            {
                coalitions[(coalition.Name, client)] = Of(client, joint) - now[client];
            }
        }

        var deviations = new Dictionary<Deviation, double>();
        foreach (var deviation in design.Deviations(block))
        {
            int client = deviation.Client;
            var action = Action(client, profile.Actions[client], deviation.Effort, deviation.BatchFactor, deviation.Gamma);
            deviations[deviation] = Of(client, profile.With(client, action)) - now[client];
        }

        return new ExactGains(deviations, coalitions);
    }

    /// <summary>What a client plays instead of an action; what is null stays. A batch is rounded as those of the strategy <c>fixed</c>
    /// are.</summary>
    private ClientAction Action(int client, ClientAction otherwise, double? effort, double? batchFactor, double? gamma) => new(
        effort ?? otherwise.Effort,
        batchFactor is { } factor
            ? (int)Math.Clamp(Math.Round(factor * Assigned(client).BatchSize), 1, MaxBatchSize(client))
            : otherwise.BatchSize,
        gamma ?? otherwise.Gamma);

    /// <summary>What a client is asked for.</summary>
    public ClientAction Assigned(int client) => _assignments[client].AsAction;

    /// <summary>The largest batch that a client can draw.</summary>
    public int MaxBatchSize(int client) => _parts.Profiles[client].MaxBatchSize;

    public void Dispose() => _parts.Dispose();

    private static IExpectedLoss Check(GameDefinition game, GameParts parts, IIncentiveMechanism mechanism)
    {
        var loss = parts.ExpectedLoss ?? throw Impossible($"the model '{game.Learning.Model.Name}' has no expected loss in closed form");
        if (game.Learning.Aggregator.Name != "mean")
        {
            throw Impossible($"the closed form is that of the aggregator mean, not of '{game.Learning.Aggregator.Name}'");
        }

        if (game.Learning.Participation is not null)
        {
            throw Impossible("the closed form is that of clients who all take part in all rounds (learning.participation)");
        }

        if (game.Incentive is not { PayoffBasis: PayoffBasis.Expected, Floor: null })
        {
            throw Impossible("it needs game.payoff-basis = expected and game.floor = none");
        }

        return mechanism is IReportMechanism or IReplayMechanism ? throw Unpaid(game) : loss;
    }

    /// <summary>Whether the pay for an episode is Fixed - LossSlope f, at some losses f.</summary>
    private static bool PaysAsAnnounced(
        IIncentiveMechanism mechanism, IReadOnlyList<Assignment> assignments, TrainingProtocol protocol, IEnumerable<double> losses)
    {
        var rewards = new double[assignments.Count];
        return losses.All(loss =>
        {
            mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = protocol, TestLoss = loss }, rewards);
            return assignments.Zip(rewards).All(paid =>
            {
                double announced = paid.First.Terms.Fixed - paid.First.Terms.LossSlope * loss;
                return Math.Abs(paid.Second - announced) <= 1e-9 * (1 + Math.Abs(announced));
            });
        });
    }

    private static SettingException Diverged(double loss, string where) =>
        Impossible($"the expected loss is {loss} where {where} (a smaller learning.step-size may help)");

    private static SettingException Unpaid(GameDefinition game) =>
        Impossible($"the mechanism '{game.Incentive.Mechanism.Name}' does not pay by a line in the final test loss alone");

    private static SettingException Impossible(string why) => new(Setting, $"is exact, but {why}; must be played");
}
