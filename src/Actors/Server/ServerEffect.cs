using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>What the server does because of a message. Each says all that is needed to carry it out, whatever happens before.</summary>
internal abstract record ServerEffect
{
    /// <summary>Offers a cohort its clients' assignments of an episode.</summary>
    public sealed record AssignCohort(int Episode, int Cohort, Assignment[] Assignments) : ServerEffect;

    /// <summary>Sends to a cohort.</summary>
    public sealed record ToCohort(IToCohort Message) : ServerEffect;

    /// <summary>Has a global model tested beside the next round, besides on one test sample where there is a number of one, and class by
    /// class where that is to be counted.</summary>
    public sealed record Test(int Episode, int Round, ModelVector Model, int? Sample = null, bool CountsClasses = false) : ServerEffect
    {
        /// <summary>Whether with what training adds to its test loss, too.</summary>
        public bool AddsPenalty { get; init; }
    }

    /// <summary>Shows a round to the mechanism beside the next round; the reports may be given back afterwards.</summary>
    public sealed record Observe(IReportMechanism Mechanism, RoundView View, IReadOnlyList<ModelVector> Reports) : ServerEffect;

    /// <summary>Keeps how far the episode is.</summary>
    public sealed record Keep(GameCheckpoint Checkpoint) : ServerEffect;

    /// <summary>The episode goes on after rounds that an earlier process played.</summary>
    public sealed record Recovered(int Rounds) : ServerEffect;

    /// <summary>A round is over.</summary>
    public sealed record RoundDone(int ClientUpdates, bool IsReplay) : ServerEffect;

    /// <summary>An episode is paid for.</summary>
    public sealed record Record(EpisodeResult Result) : ServerEffect;

    /// <summary>All episodes are recorded.</summary>
    public sealed record Finish : ServerEffect;

    /// <summary>The game cannot go on; <paramref name="IsCertain"/> as in <see cref="GameFailed"/>.</summary>
    public sealed record Fail(string Reason, bool IsCertain = true) : ServerEffect;
}
