using FLCrowd.Host.Rendering;

namespace FLCrowd.Host.Watching;

/// <summary>The pages that show runs, and what they consist of.</summary>
internal static class WatchPages
{
    /// <summary>Files of the folder Page: what is used first comes first, and the last one begins.</summary>
    private static readonly string[] Own =
        ["watch/store.js", "watch/curves.js", "watch/crowd.js", "watch/games.js", "watch/actors.js", "watch/run.js", "watch/runs.js"];

    /// <summary>The page of a run.</summary>
    public static string Run { get; } = PageParts.Read("watch/run.html");

    /// <summary>The page that lists runs.</summary>
    public static string Runs { get; } = PageParts.Read("watch/runs.html");

    /// <summary>How they look: as reports, and more.</summary>
    public static string Style { get; } = $"{PageParts.Style}\n{PageParts.Read("watch/watch.css")}";

    /// <summary>What they do.</summary>
    public static string Script { get; } = $"{PageParts.Scripts[0]}\n{PageParts.WithCharts(Own)}";
}
