using System.Globalization;
using System.Text.Json;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Experiments.Folders;

/// <summary>
/// Where a run's results are. One process at a time works in it, and a run takes back nothing but what it made itself: files that runs
/// write (<see cref="RunFiles"/>), and folders once they are empty.
/// </summary>
public sealed class RunDirectory : IDisposable
{
    /// <summary>The run's record: what was asked, and how far it came.</summary>
    public const string RecordFile = RunLayout.RecordFile;

    /// <summary>The page for people.</summary>
    public const string ReportFile = RunLayout.ReportFile;

    /// <summary>What a run goes on from.</summary>
    public const string JournalFile = RunLayout.JournalFile;

    /// <summary>Whoever holds it works in the folder.</summary>
    public const string LockFile = RunLayout.LockFile;

    /// <summary>The pictures.</summary>
    public const string PlotsFolder = RunLayout.PlotsFolder;

    /// <summary>EWOULDBLOCK, which is how a file that another process has locked answers.</summary>
    private static readonly int UnixWouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.</summary>
    private static readonly int[] WindowsLocked = [32, 33];

    private readonly MadeFolders? _made;
    private readonly IDisposable? _exclusive;

    private RunDirectory(string path, MadeFolders? made = null, IDisposable? exclusive = null) =>
        (Path, _made, _exclusive) = (path, made, exclusive);

    /// <summary>The folder, as it was asked for.</summary>
    public string Path { get; }

    /// <summary>Whether it is there.</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>Whether it was made for a run that begins.</summary>
    public bool IsNew => _made is not null;

    /// <summary>Whether a folder is that of a run.</summary>
    public static bool IsRun(string path) => RunLayout.IsRun(path);

    /// <summary>The folder of a run that was made before.</summary>
    /// <exception cref="SettingException">It is not one.</exception>
    public static RunDirectory Open(string path) => IsRun(path)
        ? new RunDirectory(path)
        : throw new SettingException(path, $"is not the folder of a run: it has no {RecordFile}");

    /// <summary>A folder for a new run, empty and writable; no other process works on it until it is disposed of, which removes it if
    /// nothing came into it.</summary>
    /// <exception cref="SettingException">It holds something, or cannot be written.</exception>
    /// <exception cref="DiskException">The disk is full.</exception>
    public static RunDirectory Prepare(string? wanted, string experiment, bool overwrite, TimeProvider clock)
    {
        if (wanted is not null)
        {
            return Take(wanted, folder => RunFiles.IsEmpty(folder) || MayReplace(folder, overwrite))
                ?? throw new SettingException(wanted, UnderWay);
        }

        // Runs that begin in the same second: whoever locks a folder first has it.
        var path = System.IO.Path.Combine(
            "runs", string.Create(CultureInfo.InvariantCulture, $"{experiment}-{clock.GetLocalNow():yyyyMMdd-HHmmss}"));
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? path : $"{path}-{number}")
            .Where(candidate => !File.Exists(candidate) && !Directory.Exists(candidate))
            .Select(candidate => Take(candidate, RunFiles.IsEmpty))
            .First(taken => taken is not null)!;
    }

    /// <summary>The run's record.</summary>
    /// <exception cref="SettingException">It is not what a run writes.</exception>
    public RunRecord Read() => RunRecord.Parse(File.ReadAllText(PathOf(RecordFile)), PathOf(RecordFile));

    /// <summary>What a kind of experiment keeps in the record under a name.</summary>
    /// <exception cref="SettingException">It is not there, or not what a run writes.</exception>
    public T Question<T>(RunRecord record, string name)
        where T : class
    {
        try
        {
            return record.Question is { } asked
                && asked.TryGetValue(name, out var question) && question.Deserialize<T>(RunRecord.Json) is { } read
                ? read
                : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new SettingException(PathOf(RecordFile), $"'{name}' is not what a run writes");
        }
    }

    /// <summary>Writes the record; whoever reads it, even after a power loss, finds the old one or the new one.</summary>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public void Write(RunRecord record) => Disk.Write(
        PathOf(RecordFile),
        file => file.Write([.. JsonSerializer.SerializeToUtf8Bytes(record, RunRecord.Json), (byte)'\n']),
        durably: true);

    /// <summary>Takes back all that a run wrote that did not get anywhere, and what was made for it.</summary>
    public void Discard()
    {
        Disk.Try(() => RunFiles.Delete(Path));
        Dispose();
    }

    /// <summary>Lets others work in it. A folder that was made for a run, and is still empty, goes.</summary>
    public void Dispose()
    {
        _exclusive?.Dispose();
        _made?.TakeBack();
    }

    /// <summary>Keeps other processes from working on this run until it is disposed, or this process ends in whatever way.</summary>
    /// <exception cref="SettingException">Another one is at it, or this one cannot write there.</exception>
    /// <exception cref="DiskException">The disk is full.</exception>
    public IDisposable Lock() => TryLock() ?? throw new SettingException(Path, UnderWay);

    /// <summary>As <see cref="Lock"/>; null where another process is at it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return Locked(Path);
        }
        catch (DiskException e) when (!e.IsFull)
        {
            throw NotWritable(Path, e);
        }
    }

    /// <summary>Makes sure that the tables are on the disk.</summary>
    /// <exception cref="DiskException">That failed.</exception>
    public void FlushTables()
    {
        foreach (var table in Directory.EnumerateFiles(Path, "*.csv"))
        {
            Disk.Flush(table);
        }
    }

    /// <summary>Where a file of the run is.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private const string UnderWay = "is being written by a run that is under way; interrupt that one first";

    /// <summary>Makes, locks and clears a folder, and lets go of it where it is not fit.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isFit">Whether it may be cleared; asked again when nobody else can change the answer.</param>
    /// <returns>Null where another process has it, or it is not fit.</returns>
    private static RunDirectory? Take(string path, Func<string, bool> isFit)
    {
        MadeFolders? made = null;
        RunDirectory? taken = null;
        try
        {
            made = MadeFolders.Of(path);
            if (isFit(path) && Locked(path) is { } exclusive)
            {
                taken = new RunDirectory(path, made, exclusive);
                if (isFit(path))
                {
                    RunFiles.Delete(path);
                    return taken;
                }
            }
        }
        catch (Exception e) when (
            e is UnauthorizedAccessException or ArgumentException or IOException and not DiskException { IsFull: true })
        {
            Release();
            throw NotWritable(path, e);
        }
        catch
        {
            Release();
            throw;
        }

        Release();
        return null;

        void Release()
        {
            taken?.Dispose();
            made?.TakeBack();
        }
    }

    /// <summary>Locks a folder; null where another process has.</summary>
    private static FileStream? Locked(string folder)
    {
        var path = System.IO.Path.Combine(folder, LockFile);
        FileStream? file = null;
        try
        {
            Disk.Step(path, () => file = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (DiskException e) when (e.InnerException is { } cause && IsLocked(cause))
        {
            return null;
        }

        if (File.Exists(path))
        {
            return file;
        }

        // Whoever had it deleted it just now, so others would not see this lock.
        file!.Dispose();
        return null;
    }

    private static bool IsLocked(Exception e) =>
        OperatingSystem.IsWindows() ? WindowsLocked.Contains(e.HResult & 0xFFFF) : e.HResult == UnixWouldBlock;

    private static SettingException NotWritable(string path, Exception e) =>
        new(path, $"cannot be written: {e.InnerException?.Message ?? e.Message}");

    private static bool MayReplace(string path, bool overwrite)
    {
        if (!overwrite)
        {
            throw new SettingException(path, "exists and is not empty; choose another folder, or replace an earlier run with --overwrite");
        }

        return IsRun(path)
            ? true
            : throw new SettingException(path, $"is not the folder of a run (it has no {RecordFile}); --overwrite replaces nothing else");
    }
}
