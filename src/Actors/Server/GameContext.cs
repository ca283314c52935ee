using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>What a game is played with; the same in all its episodes.</summary>
internal sealed record GameContext
{
    public required GameRules Rules { get; init; }

    public required GuardedMechanism Mechanism { get; init; }

    public required IAggregator Aggregator { get; init; }

    public required ILearningModel Model { get; init; }

    /// <summary>Who takes part in which round.</summary>
    public required Participation Participation { get; init; }

    /// <summary>Whether the final model's test counts by class.</summary>
    public required bool CountsClasses { get; init; }

    /// <summary>w_0.</summary>
    public required ModelVector InitialModel { get; init; }

    /// <exception cref="SettingException">The model cannot tell the loss that pay is based on, or what is to be recorded.</exception>
    public static GameContext Of(GameRules rules, ILearningModel model, IIncentiveMechanism mechanism, IAggregator aggregator)
    {
        rules.PayoffBasis.CheckModel(rules.Model, model);
        var participation = rules.Participation(model);
        var profiles = rules.Profiles(model, participation);
        var initial = new float[model.ParameterCount];
        model.Initialise(initial);
        return new GameContext
        {
            Rules = rules,
            Mechanism = new GuardedMechanism(rules, mechanism, profiles),
            Participation = participation,
            Aggregator = aggregator,
            Model = model,
            CountsClasses = TestedClasses.CheckModel(rules.Wanted, rules.Model, model),
            InitialModel = ModelVector.Of(initial),
        };
    }
}
