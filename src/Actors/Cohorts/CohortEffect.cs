using System.Collections.Immutable;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// What a cohort does because of a message. Each says all that is needed to carry it out, whatever happens before; clients go by their
/// index in the cohort.
/// </summary>
internal abstract record CohortEffect
{
    /// <summary>Sends to one client.</summary>
    public sealed record ToClient(int Member, IToClient Message) : CohortEffect;

    /// <summary>At the cohort's turn, sends each client its assignment.</summary>
    public sealed record ToAssigned(ImmutableArray<ToClient> Messages) : CohortEffect;

    /// <summary>At the cohort's turn, sends one message object to every client that takes part.</summary>
    public sealed record ToActiveClients(ImmutableArray<int> Members, IToClient Message) : CohortEffect;

    /// <summary>Sends to the server.</summary>
    public sealed record ToServer(IToServer Message) : CohortEffect;

    /// <summary>Sends to the recorder.</summary>
    public sealed record ToRecorder(CohortOutcomes Message) : CohortEffect;

    /// <summary>Tells every trainer how many of its clients take part.</summary>
    public sealed record ExpectActiveClients(ImmutableArray<int> Members) : CohortEffect;

    /// <summary>Leaves: its clients do not know how an earlier episode ended. What is asked next finds a new cohort.</summary>
    public sealed record StartOver : CohortEffect;
}
