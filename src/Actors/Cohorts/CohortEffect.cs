using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>What a cohort does because of a message.</summary>
internal abstract record CohortEffect
{
    /// <summary>Sends to one client, by its index in the cohort.</summary>
    public sealed record ToClient(int Member, IToClient Message) : CohortEffect;

    /// <summary>Sends one message object to every client that takes part.</summary>
    public sealed record ToActiveClients(IToClient Message) : CohortEffect;

    /// <summary>Sends to the server.</summary>
    public sealed record ToServer(IToServer Message) : CohortEffect;

    /// <summary>Sends to the recorder.</summary>
    public sealed record ToRecorder(CohortOutcomes Message) : CohortEffect;

    /// <summary>Tells every trainer how many of its clients take part.</summary>
    public sealed record ExpectActiveClients : CohortEffect;

    /// <summary>Leaves: its clients do not know how an earlier episode ended. What is asked next finds a new cohort.</summary>
    public sealed record StartOver : CohortEffect;
}
