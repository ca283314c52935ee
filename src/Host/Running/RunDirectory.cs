using System.Globalization;
using System.Text.Json;

namespace FLCrowd.Host.Running;

/// <summary>Where a run's results are.</summary>
internal sealed class RunDirectory
{
    public const string RecordFile = "run.json";
    public const string ReportFile = "report.html";
    public const string JournalFile = "journal.db";
    private const string LockFile = "run.lock";
    public const string PlotsFolder = "plots";

    /// <summary>The topmost folder that this run created, or null.</summary>
    private readonly string? _created;

    private RunDirectory(string path, string? created) => (Path, _created) = (path, created);

    public string Path { get; }

    public bool Exists => Directory.Exists(Path);

    /// <summary>Whether a folder is that of a run.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, RecordFile));

    /// <summary>The folder of a run that was made before.</summary>
    /// <exception cref="SettingException">It is not one.</exception>
    public static RunDirectory Open(string path) => IsRun(path)
        ? new RunDirectory(path, null)
        : throw new SettingException(path, $"is not the folder of a run: it has no {RecordFile}");

    /// <summary>A folder for a new run, empty and writable.</summary>
    /// <exception cref="SettingException">It holds something, or cannot be written.</exception>
    public static RunDirectory Prepare(string? wanted, string experiment, bool overwrite, TimeProvider clock)
    {
        var path = wanted ?? Unused(System.IO.Path.Combine(
            "runs", string.Create(CultureInfo.InvariantCulture, $"{experiment}-{clock.GetLocalNow():yyyyMMdd-HHmmss}")));
        try
        {
            var created = FirstMissing(System.IO.Path.GetFullPath(path));
            Directory.CreateDirectory(path);
            Clear(path, overwrite);
            var probe = System.IO.Path.Combine(path, RecordFile);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new RunDirectory(path, created);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(path, $"cannot be written: {e.Message}");
        }
    }

    public RunRecord Read() => RunRecord.Parse(File.ReadAllText(PathOf(RecordFile)), PathOf(RecordFile));

    /// <summary>Writes the record; whoever reads it, even after a power loss, finds the old one or the new one.</summary>
    public void Write(RunRecord record)
    {
        var draft = PathOf($"{RecordFile}.new");
        using (var file = new FileStream(draft, FileMode.Create))
        {
            JsonSerializer.Serialize(file, record, RunRecord.Json);
            file.Write("\n"u8);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, PathOf(RecordFile), overwrite: true);
    }

    /// <summary>Writes the final record; a run that did not get anywhere leaves nothing that it created.</summary>
    public void Finish(RunRecord record)
    {
        if (record.Status == RunStatus.Failed && record.EpisodesRecorded == 0 && _created is not null)
        {
            Discard();
        }
        else
        {
            Write(record);
        }
    }

    /// <summary>Leaves nothing that this run created.</summary>
    public void Discard()
    {
        if (_created is not null)
        {
            Directory.Delete(_created, recursive: true);
        }
    }

    /// <summary>Keeps other processes from working on this run until it is disposed, or this process ends in whatever way.</summary>
    /// <exception cref="SettingException">Another one is at it.</exception>
    public IDisposable Lock() =>
        TryLock() ?? throw new SettingException(Path, "is being written by a run that is under way; interrupt that one first");

    /// <summary>As <see cref="Lock"/>; null where another process is at it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return new FileStream(PathOf(LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Makes sure that the tables are on the disk.</summary>
    public void FlushTables()
    {
        foreach (var table in Directory.EnumerateFiles(Path, "*.csv"))
        {
            using var file = new FileStream(table, FileMode.Open, FileAccess.Write);
            file.Flush(flushToDisk: true);
        }
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private static void Clear(string path, bool overwrite)
    {
        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            return;
        }

        if (!overwrite)
        {
            throw new SettingException(path, "exists and is not empty; choose another folder, or replace an earlier run with --overwrite");
        }

        if (!File.Exists(System.IO.Path.Combine(path, RecordFile)))
        {
            throw new SettingException(path, $"is not the folder of a run (it has no {RecordFile}); --overwrite replaces nothing else");
        }

        // What a run writes, and nothing else that somebody may keep beside it.
        using var exclusive = new RunDirectory(path, null).Lock();
        var files = Directory.EnumerateFiles(path, "*.csv").Concat(Directory.EnumerateFiles(path, "*.nfg")).Concat(Directory.EnumerateFiles(path, $"{JournalFile}*"));
        foreach (var file in files.Append(System.IO.Path.Combine(path, ReportFile)).ToList())
        {
            File.Delete(file);
        }

        if (Directory.Exists(System.IO.Path.Combine(path, PlotsFolder)))
        {
            Directory.Delete(System.IO.Path.Combine(path, PlotsFolder), recursive: true);
        }
    }

    private static string? FirstMissing(string path)
    {
        string? missing = null;
        for (string? folder = path; folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            missing = folder;
        }

        return missing;
    }

    private static string Unused(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? path : $"{path}-{number}").First(candidate => !Directory.Exists(candidate));
}
