using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Server;

namespace FLCrowd.Experiments.Games;

/// <summary>A game's model and the public facts on its clients, for what is asked before the game is played.</summary>
internal sealed class GameParts : IDisposable
{
    public const int StartingBatchSize = 50;

    private readonly GameDefinition _game;
    private readonly PluginCatalog _catalog;
    private readonly ILearningModel _model;
    private readonly Func<IReadOnlyList<int>, LearningConstants> _constants;

    private GameParts(
        GameDefinition game, PluginCatalog catalog, ILearningModel model, IReadOnlyList<ClientProfile> profiles,
        Func<IReadOnlyList<int>, LearningConstants> constants) =>
        (_game, _catalog, _model, Profiles, _constants) = (game, catalog, model, profiles, constants);

    public IReadOnlyList<ClientProfile> Profiles { get; }

    /// <summary>The data set that the model read when it was made; null: none.</summary>
    public DataSet? Data { get; private init; }

    /// <summary>The assigned batch sizes as configured; where the mechanism is to find them, one to start from.</summary>
    public int[] StartingBatchSizes() =>
        [.. Profiles.Select(profile => profile.BatchSize ?? Math.Min(StartingBatchSize, profile.MaxBatchSize))];

    /// <param name="game">The game.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="cache">Constants that were estimated before; null: they are estimated when asked for.</param>
    /// <exception cref="SettingException">Model and data do not fit.</exception>
    public static GameParts Of(GameDefinition game, PluginCatalog catalog, ConstantsCache? cache = null)
    {
        var crowd = new Crowd(game.Crowd);
        DataSet? data = null;
        var setup = LearningParts.SetupOf(game, crowd, catalog, loaded => data = loaded);
        var model = LearningParts.CreateModel(catalog, game.Learning.Model, setup);
        game.Incentive.PayoffBasis.CheckModel(game.Learning.Model, model);
        TestedClasses.CheckModel(game.Wanted, game.Learning.Model, model);

        // A model that made do without the data set so far either has no data, and then its constants take no time, or is not known.
        var used = data;
        var partition = catalog.SourceOf(PluginKind.Partition, game.Learning.Partition.Choice.Name);
        var profiles = crowd.Profiles(model, game.Learning.Protocol, Participation.Of(game, model));
        return new GameParts(game, catalog, model, profiles, batchSizes =>
            cache is null || used is null
                ? Estimate(batchSizes)
                : cache.Of(game, crowd.Weights, batchSizes, model, used, () => Estimate(batchSizes), partition?.Checksum))
        {
            Data = used,
        };

        LearningConstants Estimate(IReadOnlyList<int> batchSizes) => game.Learning.Labels is { CareIsTrue: false } && model.ClassCount > 0
            ? throw new SettingException(
                "data.labels",
                "makes labels wrong in spite of full effort (careful is not truth, or some skill is below 1): then no beta of Assumption 4 "
                + "tells labels with effort from those without, and the bounds do not hold; use a surrogate that is measured "
                + "(pilot) or given")
            : model.EstimateConstants(game.Learning.Model, game.Learning.Protocol, batchSizes);
    }

    /// <summary>What the mechanism sees when it announces the first episode.</summary>
    /// <param name="surrogate">The loss surrogate; null: the game's.</param>
    public MechanismView View(LossSurrogate? surrogate = null) => new()
    {
        Episode = 0,
        Clients = Profiles,
        Protocol = _game.Learning.Protocol,
        MoneyPerLoss = _game.Incentive.MoneyPerLoss,
        Surrogate = surrogate ?? _game.Incentive.Surrogate,
    };

    /// <summary>Lets the mechanism announce the first episode, and checks that pay can be based on the loss that the game asks
    /// for.</summary>
    /// <exception cref="SettingException">Mechanism, model and settings do not fit.</exception>
    /// <returns>What it announces.</returns>
    public IReadOnlyList<Assignment> Try(IIncentiveMechanism mechanism)
    {
        _game.Incentive.PayoffBasis.CheckMechanism(_game.Incentive.Mechanism, mechanism);
        var assignments = mechanism.Announce(View());
        if (AnnouncementCheck.Problem(assignments, Profiles) is { } problem)
        {
            throw new SettingException(
                _game.Incentive.Mechanism.Path, $"{_catalog.Describe(PluginKind.Mechanism, _game.Incentive.Mechanism.Name)} {problem}");
        }

        CheckReplays(mechanism);
        _game.Incentive.PayoffBasis.CheckAnnounced(_game.Incentive.Mechanism, assignments);
        return assignments;
    }

    private void CheckReplays(IIncentiveMechanism mechanism)
    {
        int rounds = _game.Learning.Protocol.Rounds, episodes = 1 + ((mechanism as IReplayMechanism)?.LeftOut.Count ?? 0);
        if (rounds > int.MaxValue / episodes)
        {
            throw new SettingException(
                "learning.rounds",
                $"is {rounds}, and the mechanism '{_game.Incentive.Mechanism.Name}' repeats an episode {episodes - 1} times: "
                + $"{(long)rounds * episodes} rounds; "
                + $"must be at most {int.MaxValue / episodes}");
        }
    }

    /// <summary>The number of parameters of the model.</summary>
    public int ParameterCount => _model.ParameterCount;

    /// <summary>The number of classes of a label; 0: there is nothing to label.</summary>
    public int ClassCount => _model.ClassCount;

    /// <summary>Whether the model knows the gradient of its test loss.</summary>
    public bool HasTestGradient => _model is IGradientModel;

    /// <summary>The model's expected loss in closed form; null where it has none.</summary>
    public IExpectedLoss? ExpectedLoss => _model as IExpectedLoss;

    /// <summary>Whether the model has the constants of the bounds.</summary>
    public bool HasConstants => _model is IConstantsEstimator && _game.Learning.Labels is null or { CareIsTrue: true };

    /// <summary>The number of a client's samples by class; null where the model does not say.</summary>
    public int[]? ClassesOf(int client)
    {
        if (_model is not IHeldClasses held)
        {
            return null;
        }

        var counts = new int[_model.ClassCount];
        held.CountClasses(client, counts);
        return counts;
    }

    /// <summary>The constants of the bounds.</summary>
    /// <exception cref="SettingException">The model has none.</exception>
    public LearningConstants Constants(IReadOnlyList<int> batchSizes) => _constants(batchSizes);

    public void Dispose() => _model.Dispose();
}
