namespace FLCrowd;

/// <summary>
/// How one client plays. One instance belongs to one client and is used by one thread at a time. The optional capabilities
/// are further interfaces on the same class: <see cref="IStrategyMemory"/>, <see cref="ILabeler"/>, <see cref="IReporter"/>. A strategy
/// made of others is a <see cref="StrategyWrapper"/>.
/// </summary>
/// <remarks>
/// In an episode a client chooses once, labels its samples, reports once per round and observes the outcome, in this order. An
/// exception from any of these is a failure of this client; its message is shown to the user. Draw random numbers from the
/// seed of the view at hand only: then a run gives the same results on any number of threads and nodes.
/// </remarks>
public interface IClientStrategy
{
    /// <summary>Chooses the action for one episode.</summary>
    /// <param name="view">All that the client may know.</param>
    /// <returns>An action in range (<see cref="ClientAction.Validated"/>); anything else is a failure of this client.</returns>
    /// <exception cref="InvalidActionException">The strategy cannot play this game, e.g. has nothing to label in it.</exception>
    ClientAction Choose(ClientView view);
}

/// <summary>All that a client knows when it chooses: frozen for the episode, growing with the versions of FLCrowd. A strategy made of
/// strategies hands on an altered copy (<c>view with { ... }</c>).</summary>
public sealed record ClientView
{
    /// <summary>The client's index i, from 0.</summary>
    public required int Client { get; init; }

    /// <summary>The episode within this game, from 0.</summary>
    public required int Episode { get; init; }

    /// <summary>How many episodes the game has; 0 where nobody said. What a client does in the last one is what it ends with.</summary>
    public int Episodes { get; init; }

    /// <summary>Draws of this client in this episode that nothing else uses.</summary>
    public required Seed Seed { get; init; }

    /// <summary>What the server desires and promises.</summary>
    public required Assignment Assignment { get; init; }

    /// <summary>How the crowd trains.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>The client's own costs. Where not all clients take part in all rounds, computation costs c_p times
    /// <see cref="ParticipationRate"/>, so that T of them are what an episode is expected to cost.</summary>
    public required ClientCosts Costs { get; init; }

    /// <summary>The share of the rounds in which the server asks this client, in [0, 1]: the probability of each, or what the schedule
    /// says.</summary>
    public double ParticipationRate { get; init; } = 1;

    /// <summary>The client's aggregation weight p_i in [0, 1].</summary>
    public required double Weight { get; init; }

    /// <summary>How many samples the client holds (n_i); 0 where the model has no samples.</summary>
    public required int SampleCount { get; init; }

    /// <summary>How many classes a label can take (K); 0 where there is nothing to label.</summary>
    public required int ClassCount { get; init; }

    /// <summary>The largest batch that the client can draw.</summary>
    public required int MaxBatchSize { get; init; }

    /// <summary>In how many episodes after this one the client has to repeat its action, as it is not its turn to revise
    /// (<c>experiment.revision</c>); 0 where it chooses anew in the next.</summary>
    public int Repeats { get; init; }

    /// <summary>What all behaviors of the episode before paid, ordered by effort, batch factor and gamma; null in the first episode, and
    /// where the experiment publishes nothing (<c>experiment.publish-payoffs</c>). The server does not know it.</summary>
    public IReadOnlyList<PublishedPayoff>? Published { get; init; }
}
