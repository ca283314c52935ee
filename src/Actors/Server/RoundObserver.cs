using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// Shows rounds to a game's mechanism, in their order, beside the training of later rounds. One per server, on the training
/// dispatcher; while it works the server leaves the mechanism alone.
/// </summary>
internal sealed class RoundObserver : ReceiveActor
{
    public RoundObserver() => Receive<ObserveRound>(job =>
    {
        var (episode, round) = (job.View.Episode, job.View.Round);
        try
        {
            job.Mechanism.Observe(job.View);
            Sender.Tell(new RoundObserved(episode, round));
        }
        catch (Exception e)
        {
            Sender.Tell(new ObservationFailed(episode, round, e.Message));
        }

        foreach (var report in job.Reports)
        {
            report.Return();
        }
    });
}

/// <summary>Asks to show a round to the mechanism. Local.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="View">The round.</param>
/// <param name="Reports">The vectors that hold the view's reports; nobody reads them afterwards.</param>
internal sealed record ObserveRound(IReportMechanism Mechanism, RoundView View, IReadOnlyList<ModelVector> Reports)
    : INoSerializationVerificationNeeded;

/// <summary>The mechanism has seen a round. Local.</summary>
internal sealed record RoundObserved(int Episode, int Round) : INoSerializationVerificationNeeded;

/// <summary>The mechanism failed to look at a round. Local.</summary>
internal sealed record ObservationFailed(int Episode, int Round, string Reason) : INoSerializationVerificationNeeded;
