namespace FLCrowd.Experiments.Identity;

/// <summary>Where things are in the folder of a run.</summary>
internal static class RunLayout
{
    public const string RecordFile = "run.json";
    public const string ReportFile = "report.html";
    public const string JournalFile = "journal.db";
    public const string LockFile = "run.lock";
    public const string PlotsFolder = "plots";
    public const string TensorBoardFolder = "tensorboard";

    /// <summary>In the folders below: TensorBoard reads what has "tfevents" in its name. Other writers put a time there.</summary>
    public const string TensorBoardFile = "events.out.tfevents.0000000001.flcrowd";

    /// <summary>Whether a folder is that of a run.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RecordFile));
}
