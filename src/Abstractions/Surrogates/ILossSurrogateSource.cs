namespace FLCrowd;

/// <summary>
/// Where a <see cref="LossSurrogate"/> comes from: a bound, a measurement, given numbers. The program fits once, before the game,
/// and puts the result into the game (<see cref="MechanismView.Surrogate"/>).
/// </summary>
public interface ILossSurrogateSource
{
    /// <summary>Makes the surrogate of a game. Equal setups give equal bits.</summary>
    /// <param name="setup">What there is to make it of.</param>
    /// <param name="cancel">The user does not want it any more; to be handed on to <see cref="SurrogateSetup.PlayAsync"/>.</param>
    /// <exception cref="SettingException">The game has no such surrogate; says why and what to use instead.</exception>
    Task<LossSurrogate> FitAsync(SurrogateSetup setup, CancellationToken cancel);
}

/// <summary>What a source may use: public facts, and cooperative play before the game.</summary>
public sealed class SurrogateSetup
{
    /// <summary>The public facts on every client, in client order.</summary>
    public required IReadOnlyList<ClientProfile> Clients { get; init; }

    /// <summary>
    /// A number for each client, equal for those that the configuration makes alike: in weight, number of samples, skill in labeling, and
    /// when they take part. Empty: nothing is said. The server does not learn what makes others differ.
    /// </summary>
    public IReadOnlyList<int> Kinds { get; init; } = [];

    /// <summary>How the crowd trains.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>
    /// The batch size of every client that the surrogate is made around, in client order: the assigned one D', or where the
    /// mechanism is to find it (<see cref="ClientProfile.BatchSize"/> is null), one to start from.
    /// </summary>
    public required IReadOnlyList<int> BatchSizes { get; init; }

    /// <summary>Clients that are not asked to take part, in ascending order: a source that knows what the loss is without them says so in
    /// <see cref="LossSurrogate.NotAsked"/>; others are refused.</summary>
    public IReadOnlyList<int> NotAsked { get; init; } = [];

    /// <summary>Draws that nothing else uses: the seeds of pilot episodes derive from it.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Whether all clients take part in all rounds, as the bounds have it. Pilot episodes are played as the game is.</summary>
    public bool EveryoneTakesPart { get; init; } = true;

    /// <summary>Where the source stands in the configuration, for error messages.</summary>
    public required string Path { get; init; }

    /// <summary>The constants of the game's model, estimated when asked for.</summary>
    /// <remarks>Throws a <see cref="SettingException"/> for a model that has none.</remarks>
    public required Func<LearningConstants> Constants { get; init; }

    /// <summary>Plays pilot episodes with clients that do as they are told, and returns how each final model tested, in order. The
    /// <see cref="Evaluation.TestLoss"/> is the loss that pays: with what training adds where <c>payoff-basis = objective</c>.</summary>
    public required Func<IReadOnlyList<PilotEpisode>, CancellationToken, Task<IReadOnlyList<Evaluation>>> PlayAsync { get; init; }
}

/// <summary>One cooperative episode before the game, on the game's own data and initial model.</summary>
/// <param name="Seed">The draws of the episode: labels and batches. Two episodes of one seed share every draw that their actions
/// have in common: they are paired.</param>
/// <param name="Actions">What every client does, in client order.</param>
public sealed record PilotEpisode(Seed Seed, IReadOnlyList<ClientAction> Actions);
