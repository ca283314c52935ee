namespace FLCrowd.Experiments.Identity;

/// <summary>Where things are in the folder of a run.</summary>
internal static class RunLayout
{
    public const string RecordFile = "run.json";
    public const string ReportFile = "report.html";
    public const string JournalFile = "journal.db";
    public const string LockFile = "run.lock";
    public const string PlotsFolder = "plots";

    /// <summary>Whether a folder is that of a run.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RecordFile));
}
