using System.Globalization;

namespace FLCrowd.Analysis.Dynamics;

/// <summary>How dynamics ended.</summary>
/// <param name="Kind">The kind of end.</param>
/// <param name="Reached">The profile whose stability is measured.</param>
/// <param name="Period">For a cycle: after how many revisions it comes back; 0 otherwise.</param>
/// <param name="Restless">Clients that did not do the same throughout the last revisions.</param>
public sealed record Ending(EndingKind Kind, Profile Reached, int Period = 0, int Restless = 0)
{
    /// <summary>For people, and for the table.</summary>
    public string Text => Kind switch
    {
        EndingKind.FixedPoint => "fixed point",
        EndingKind.Cycle => string.Create(CultureInfo.InvariantCulture, $"cycle of {Period}"),
        EndingKind.Steady => string.Create(CultureInfo.InvariantCulture, $"steady, {Restless} still trying"),
        _ => string.Create(CultureInfo.InvariantCulture, $"moving, {Restless} clients"),
    };
}

/// <summary>Kinds of ends.</summary>
public enum EndingKind
{
    /// <summary>Nobody changed any more.</summary>
    FixedPoint,

    /// <summary>The same profiles came again and again.</summary>
    Cycle,

    /// <summary>What each client does most often did not change, though some still try other actions.</summary>
    Steady,

    /// <summary>None of these within the budget.</summary>
    Moving,
}
