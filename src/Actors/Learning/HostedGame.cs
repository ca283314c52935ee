using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Learning;

/// <summary>A game as a node hosts it: who plays, and what is learned. Shared by all cohorts of the game on the node.</summary>
internal sealed class HostedGame(GameDefinition definition, Crowd crowd, ILearningModel model, IAggregator aggregator)
{
    public GameDefinition Definition { get; } = definition;

    public Crowd Crowd { get; } = crowd;

    public ILearningModel Model { get; } = model;

    public IAggregator Aggregator { get; } = aggregator;

    /// <summary>What the model is called in messages.</summary>
    public string ModelName { get; init; } = $"the model '{definition.Learning.Model.Name}'";

    /// <summary>What its data set holds (<see cref="DataChecksum"/>); null where it has none, or nobody compares.</summary>
    public string? Data { get; init; }

    /// <summary>Who looks on; null: nobody.</summary>
    public ISpectator? Spectator { get; init; }

    /// <summary>Who takes part in which round.</summary>
    public Participation Participation { get; } = Participation.Of(definition, model);

    /// <summary>By client, the coefficient of its report in the sum of reports; null where the aggregator is not linear.</summary>
    public Func<int, double>? CoefficientOf => Aggregator is not ILinearAggregator linear ? null
        : client => Participation.Coefficient(linear, client, Crowd.Weights[client]);

    public CohortLayout Layout { get; } = new(definition.Crowd.Clients, definition.Execution.CohortSize);

    /// <summary>The seed of what is drawn in episodes.</summary>
    public Seed Seed { get; } = new(definition.DrawSeed ?? definition.Seed);

    public int MaxBatchSizeOf(int client) => Crowd.MaxBatchSize(Model.SampleCount(client), Definition.Learning.Protocol);
}

/// <summary>Asks the node for a game that it may not know yet. Local.</summary>
/// <param name="Game">The game.</param>
/// <param name="Experiment">Who describes it.</param>
/// <param name="Data">What its data set must hold; null: anything.</param>
internal sealed record OpenGame(int Game, IActorRef Experiment, string? Data = null) : INoSerializationVerificationNeeded;

/// <summary>The game that was asked for; the asker holds it until it stops. Local.</summary>
internal sealed record GameOpened(HostedGame Game) : INoSerializationVerificationNeeded;

/// <summary>Asks the node for a game's model alone: what the server needs, without the clients' strategies. Local.</summary>
internal sealed record OpenModel(int Game, IActorRef Experiment) : INoSerializationVerificationNeeded;

/// <summary>The model that was asked for; the asker holds it until it stops. Local.</summary>
/// <param name="Model">The model.</param>
/// <param name="Data">As in <see cref="HostedGame"/>.</param>
internal sealed record ModelOpened(ILearningModel Model, string? Data = null) : INoSerializationVerificationNeeded;

/// <summary>The game cannot be hosted here. Local.</summary>
/// <param name="Reason">Why, for the user.</param>
/// <param name="IsBadInput">Whether a setting or a file of the user's is wrong.</param>
internal sealed record OpenFailed(string Reason, bool IsBadInput) : INoSerializationVerificationNeeded;
