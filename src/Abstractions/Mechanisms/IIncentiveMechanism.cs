namespace FLCrowd;

/// <summary>
/// How the server assigns work and pays for it. It knows what the server knows: never what a client really did. One instance
/// plays one game; it is used by one thread at a time. What it keeps from one
/// episode to the next may be lost: a game that is resumed begins with the first episode that is not recorded.
/// </summary>
public interface IIncentiveMechanism
{
    /// <summary>Announces an episode's assignments and terms, before anybody labels.</summary>
    /// <returns>
    /// One assignment per client, in the order of <see cref="MechanismView.Clients"/>, each an action that the client can play: its
    /// batch size is at least 1 and at most <see cref="ClientProfile.MaxBatchSize"/>.
    /// </returns>
    /// <exception cref="SettingException">The game's settings do not fit this mechanism. Also called once before the run starts,
    /// so that such an error is found then.</exception>
    IReadOnlyList<Assignment> Announce(MechanismView view);

    /// <summary>Pays for an episode, after the final model was tested.</summary>
    /// <param name="view">What was announced and how the test came out.</param>
    /// <param name="rewards">Takes r_i for every client, in client order, in money; finite, and negative for a fee.</param>
    void Pay(PaymentView view, Span<double> rewards);
}

/// <summary>
/// A mechanism that pays by a loss surrogate. The program makes the surrogate before the game: <see cref="MechanismView.Surrogate"/>.
/// </summary>
public interface ISurrogateMechanism : IIncentiveMechanism
{
    /// <summary>The source of the surrogate (<see cref="ILossSurrogateSource"/>) and its options.</summary>
    PluginChoice Surrogate { get; }

    /// <summary>
    /// The batch sizes that the surrogate has to be good around, where the mechanism is to find them
    /// (<see cref="ClientProfile.BatchSize"/> is null): those that it would assign.
    /// </summary>
    /// <param name="view">The game, with a surrogate that was made around other batch sizes.</param>
    IReadOnlyList<int> BatchSizes(MechanismView view) => [.. Announce(view).Select(assignment => assignment.BatchSize)];

    /// <summary>Whether it may not ask some of the clients; <see cref="NotWorthwhile"/> says which.</summary>
    bool MayLeaveOut => false;

    /// <summary>Clients that it would not ask any more, of those that the surrogate asks: it is made again without them.</summary>
    /// <param name="view">The game, with a surrogate that knows what clients are worth (<see cref="LossSurrogate.Worth"/>).</param>
    /// <exception cref="SettingException">The surrogate does not know, or nobody would be left.</exception>
    IReadOnlyList<int> NotWorthwhile(MechanismView view) => [];
}

/// <summary>A mechanism that can tell when a game is outside of what it promises. Nothing is refused: the user is told.</summary>
public interface IWarningMechanism : IIncentiveMechanism
{
    /// <summary>What the user should know before the run, one sentence each; empty where all is well.</summary>
    IReadOnlyList<string> Warnings(MechanismView view);
}

/// <summary>What the server knows when it announces an episode.</summary>
public sealed class MechanismView
{
    /// <summary>The episode within this game, from 0.</summary>
    public required int Episode { get; init; }

    /// <summary>The public facts on every client, in client order.</summary>
    public required IReadOnlyList<ClientProfile> Clients { get; init; }

    /// <summary>How the crowd trains.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>Money per unit of test loss (lambda), above 0: the scale of the server's payoff -lambda f - sum of rewards.</summary>
    public required double MoneyPerLoss { get; init; }

    /// <summary>The loss surrogate that an <see cref="ISurrogateMechanism"/> asked for; null where the mechanism asked for none.</summary>
    public LossSurrogate? Surrogate { get; init; }
}

/// <summary>What the server knows when it pays.</summary>
public sealed class PaymentView
{
    /// <summary>The episode within this game, from 0.</summary>
    public required int Episode { get; init; }

    /// <summary>What was announced, in client order.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>How the crowd trained.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>
    /// The loss f that pay is based on: the final model's mean over the test set, with or without what training adds to it, its loss on one
    /// test sample, or the announced surrogate at what the clients did, as <c>game.payoff-basis</c> has it.
    /// </summary>
    public required double TestLoss { get; init; }

    /// <summary>In how many of the episode's T rounds the server heard from a client, by its index; T where all take part in all
    /// rounds.</summary>
    /// <remarks>A client that failed counts as heard: it is excluded, and paid nothing.</remarks>
    public Func<int, int>? RoundsHeard { get; init; }

    /// <summary>In how many of the episode's T rounds the server asked a client, by its index; T where all take part in all
    /// rounds.</summary>
    public Func<int, int>? RoundsAsked { get; init; }

    /// <summary>By client: the test loss of the final model that came out without it, for the clients that an
    /// <see cref="IReplayMechanism"/> named and that did not fail; empty for others.</summary>
    public IReadOnlyDictionary<int, double> LossWithout { get; init; } = new Dictionary<int, double>();
}
