using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Learning;

namespace FLCrowd.Host.Configuration;

/// <summary>A game's model and the public facts on its clients, for what is asked before the game is played.</summary>
internal sealed class GameParts : IDisposable
{
    private readonly GameDefinition _game;
    private readonly ILearningModel _model;

    private GameParts(GameDefinition game, ILearningModel model, IReadOnlyList<ClientProfile> profiles) =>
        (_game, _model, Profiles) = (game, model, profiles);

    public IReadOnlyList<ClientProfile> Profiles { get; }

    /// <exception cref="SettingException">Model and data do not fit.</exception>
    public static GameParts Of(GameDefinition game, PluginCatalog catalog)
    {
        var crowd = new Crowd(game.Crowd);
        var model = catalog.CreateModel(game.Learning.Model, new LearningSetup(() => catalog.CreateDataSet(game.Learning.DataSet))
        {
            Seed = new Seed(game.Seed),
            Weights = crowd.Weights,
            Partition = game.Learning.Partition,
        });
        return new GameParts(game, model, crowd.Profiles(model, game.Learning.Protocol));
    }

    /// <summary>What the mechanism sees when it announces the first episode.</summary>
    public MechanismView View() => new()
    {
        Episode = 0,
        Clients = Profiles,
        Protocol = _game.Learning.Protocol,
        MoneyPerLoss = _game.Incentive.MoneyPerLoss,
        Surrogate = _game.Incentive.Surrogate,
    };

    /// <summary>Whether the model knows the gradient of its test loss.</summary>
    public bool HasTestGradient => _model is IGradientModel;

    /// <summary>Whether the model has the constants of the bounds.</summary>
    public bool HasConstants => _model is IConstantsEstimator;

    /// <summary>The constants of the bounds.</summary>
    /// <exception cref="SettingException">The model has none.</exception>
    public LearningConstants Constants(IReadOnlyList<int> batchSizes) =>
        _model.EstimateConstants(_game.Learning.Model, _game.Learning.Protocol, batchSizes);

    public void Dispose() => _model.Dispose();
}
