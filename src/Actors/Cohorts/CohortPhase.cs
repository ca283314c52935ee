using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>Where a cohort stands in its episode. What a phase needs is in it, so that it cannot be half there.</summary>
internal abstract record CohortPhase
{
    /// <summary>It has no episode yet.</summary>
    public sealed record Idle : CohortPhase;

    /// <summary>Its clients are at work.</summary>
    /// <param name="Round">The round that they train; 0: they choose and label.</param>
    public sealed record Working(int Round) : CohortPhase;

    /// <summary>It answered, and waits for what is next.</summary>
    /// <param name="Round">The round that it answered; 0: the labeling.</param>
    /// <param name="Answer">The answer, to be given again as often as somebody asks.</param>
    public sealed record Ready(int Round, IToServer Answer) : CohortPhase;

    /// <summary>Its clients learn what they got.</summary>
    /// <param name="Payment">What they told so far.</param>
    public sealed record Paying(CohortPayment Payment) : CohortPhase;

    /// <summary>All clients ended the episode.</summary>
    /// <param name="Outcomes">What the recorder is told, as often as somebody asks.</param>
    public sealed record Paid(CohortOutcomes Outcomes) : CohortPhase;
}
