namespace FLCrowd;

/// <summary>
/// A mechanism that pays by what the final model would have been without a client: the episode's training is replayed without it, and
/// <see cref="PaymentView.LossWithout"/> tells how that model tested.
/// </summary>
/// <remarks>
/// A replay has the labels, actions and draws of the episode; the weights of the clients that are left are scaled up. It is exact
/// as long as reporters (<see cref="IReporter"/>) keep nothing from one round to the next. A client that failed in the episode is out of
/// its replays, too, and is not replayed for. A replay costs as much as the episode's training.
/// </remarks>
public interface IReplayMechanism : IIncentiveMechanism
{
    /// <summary>The clients i for which the episode that was announced last is to be replayed without i, each once.</summary>
    IReadOnlyList<int> LeftOut { get; }
}
