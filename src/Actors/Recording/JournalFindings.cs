namespace FLCrowd.Actors.Recording;

/// <summary>What the journal of a run holds that can be relied on, and what cannot be.</summary>
/// <param name="HasPlan">Whether the games are in it.</param>
/// <param name="Episodes">The numbers of the episodes in it.</param>
/// <param name="Damages">What is damaged, or missing though something after it is not: one phrase each.</param>
/// <param name="Behind">The numbers of episodes that are in good order, but come after something that is damaged.</param>
/// <param name="LostCheckpoints">Checkpoints that are damaged: one phrase each.</param>
/// <param name="Strangers">Other runs that records belong to.</param>
public sealed record JournalFindings(
    bool HasPlan,
    IReadOnlySet<int> Episodes,
    IReadOnlyList<string> Damages,
    IReadOnlySet<int> Behind,
    IReadOnlyList<string> LostCheckpoints,
    IReadOnlyList<string> Strangers)
{
    /// <summary>Whether all that is in it can be relied on.</summary>
    public bool IsSound => Damages.Count == 0 && LostCheckpoints.Count == 0 && Strangers.Count == 0;
}
