using System.Globalization;

namespace FLCrowd.Actors.Recording;

/// <summary>What the journals of a run are called in its store, and what people are told that they are.</summary>
internal static class JournalName
{
    public const string Plan = "plan";
    private const string EpisodesFrom = "episodes-";
    private const string CheckpointsOf = "game-";

    /// <summary>All names of a run begin with that of its empty part.</summary>
    public static string Of(string run, string part) => $"{run}/{part}";

    public static string Episodes(int first) => string.Create(CultureInfo.InvariantCulture, $"{EpisodesFrom}{first}");

    public static string Checkpoints(int game) => string.Create(CultureInfo.InvariantCulture, $"{CheckpointsOf}{game}");

    /// <summary>The run that a journal belongs to; null where that is no journal of any.</summary>
    public static string? RunOf(string journal) => journal.LastIndexOf('/') is var end and > 0 ? journal[..end] : null;

    /// <summary>A record, for people.</summary>
    /// <param name="journal">Its journal.</param>
    /// <param name="number">Its place there.</param>
    public static string Describe(string journal, long number)
    {
        string part = journal[(journal.LastIndexOf('/') + 1)..];
        return part switch
        {
            Plan => "the plan (the games as they were prepared)",
            _ when part.StartsWith(EpisodesFrom, StringComparison.Ordinal) =>
                string.Create(
                    CultureInfo.InvariantCulture, $"record {number} of the episodes from number {part[EpisodesFrom.Length..]} on"),
            _ when part.StartsWith(CheckpointsOf, StringComparison.Ordinal) => $"the checkpoint of game {part[CheckpointsOf.Length..]}",
            _ => $"record {number.ToString(CultureInfo.InvariantCulture)} of what is called '{journal}'",
        };
    }
}
