namespace FLCrowd.Actors.Definitions;

/// <summary>
/// What the server may know of a game: all of its definition but the clients' strategies; its seed serves the mechanism alone.
/// </summary>
internal sealed record GameRules(
    int Game,
    Seed Seed,
    int Episodes,
    TrainingProtocol Protocol,
    PluginChoice Model,
    Seed Draws,
    PluginChoice Mechanism,
    PluginChoice Aggregator,
    double MoneyPerLoss,
    LossSurrogate? Surrogate,
    PayoffBasis PayoffBasis,
    double? Floor,
    ExecutionDefinition Execution,
    CohortLayout Layout,
    IReadOnlyList<double> Weights,
    Func<ILearningModel, Participation, IReadOnlyList<ClientProfile>> Profiles,
    Func<ILearningModel, Participation> Participation)
{
    /// <summary>The run.</summary>
    public string Run { get; init; } = "";

    /// <summary>As in <see cref="GameDefinition.Wanted"/>.</summary>
    public IReadOnlyList<string>? Wanted { get; init; }

    /// <summary>What the parts of the game are called in messages, with the plug-ins that they come from.</summary>
    public required (string Model, string Mechanism, string Aggregator) Names { get; init; }

    public static GameRules Of(GameDefinition definition, PluginCatalog catalog)
    {
        var crowd = new Crowd(definition.Crowd);
        return new GameRules(
            definition.Game,
            new Seed(definition.DrawSeed ?? definition.Seed).For("mechanism"),
            definition.Episodes,
            definition.Learning.Protocol,
            definition.Learning.Model,
            new Seed(definition.DrawSeed ?? definition.Seed),
            definition.Incentive.Mechanism,
            definition.Learning.Aggregator,
            definition.Incentive.MoneyPerLoss,
            definition.Incentive.Surrogate,
            definition.Incentive.PayoffBasis,
            definition.Incentive.Floor,
            definition.Execution,
            new CohortLayout(definition.Crowd.Clients, definition.Execution.CohortSize),
            crowd.Weights,
            (model, participation) => crowd.Profiles(model, definition.Learning.Protocol, participation),
            model => Definitions.Participation.Of(definition, model))
        {
            Wanted = definition.Wanted,
            Names = (
                catalog.Describe(PluginKind.Model, definition.Learning.Model.Name),
                catalog.Describe(PluginKind.Mechanism, definition.Incentive.Mechanism.Name),
                catalog.Describe(PluginKind.Aggregator, definition.Learning.Aggregator.Name)),
        };
    }
}
