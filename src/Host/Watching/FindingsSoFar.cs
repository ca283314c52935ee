using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Host.Rendering;

namespace FLCrowd.Host.Watching;

/// <summary>
/// What a run found so far, as its report would show it. It is made from a copy of the tables, so nothing is written into the run's
/// folder, and only now and then, so that it takes a small part of the machine's time.
/// </summary>
/// <param name="folder">The run's folder.</param>
/// <param name="clock">For how often.</param>
internal sealed class FindingsSoFar(string folder, TimeProvider clock)
{
    /// <summary>Larger tables are reported on once the run is over.</summary>
    private const long MostBytes = 64 << 20;

    /// <summary>The share of the time that this may take.</summary>
    private const double Share = 0.02;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private (int, int, RunStatus?)? _made;
    private long? _ready;
    private TimeSpan _took;
    private bool _isBusy;
    private int _version;
    private string _html = "";
    private string _note = "Nothing is found yet.";

    /// <summary>What is known by now; where there may be more, it is being made for the next one who asks.</summary>
    /// <param name="state">What the tables are: they are reported on once.</param>
    /// <param name="lengths">How much of each growing table counts, in bytes.</param>
    /// <returns>A number that changes with it, a part of a page, and a word to the reader.</returns>
    public (int Version, string Html, string Note) At(
        (int Generation, int Episodes, RunStatus? Status) state, IReadOnlyDictionary<string, long> lengths)
    {
        lock (_gate)
        {
            bool isDue = _ready is not { } ready || clock.GetElapsedTime(ready) > Max(Pause, _took / Share);
            if (!_isBusy && state != _made && state.Episodes > 0 && (isDue || state.Status != RunStatus.Running))
            {
                (_isBusy, _made) = (true, state);
                _ = Task.Factory.StartNew(
                    () => Make(lengths), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            return (_version, _html, _note);
        }
    }

    private void Make(IReadOnlyDictionary<string, long> lengths)
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        long start = clock.GetTimestamp();
        string? html = null;
        var note = "";
        try
        {
            if (lengths.Values.Sum() > MostBytes)
            {
                note = "The tables are large: they are reported on once the run is over.";
            }
            else
            {
                html = Html(lengths);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingException)
        {
            // Some kinds write tables of their own once all is played.
            note = "This kind of experiment says what it found once all is played.";
        }

        lock (_gate)
        {
            (_isBusy, _ready, _took, _note) = (false, clock.GetTimestamp(), clock.GetElapsedTime(start), note);
            if (html is not null && html != _html)
            {
                (_html, _version) = (html, _version + 1);
            }
        }
    }

    private string Html(IReadOnlyDictionary<string, long> lengths)
    {
        var copy = Directory.CreateTempSubdirectory("flcrowd-watch-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Append(Path.Combine(folder, RunDirectory.RecordFile)))
            {
                var name = Path.GetFileName(file);
                Copy(file, Path.Combine(copy, name), lengths.TryGetValue(name, out long length) ? length : long.MaxValue);
            }

            var reader = new Reader();
            new Laboratory().Report(copy, reader);
            return ReportFiles.Blocks(reader.Record!, reader.Findings!);
        }
        finally
        {
            Disk.Try(() => Directory.Delete(copy, recursive: true));
        }
    }

    private static void Copy(string from, string to, long length)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        var buffer = new byte[1 << 16];
        while (length > 0 && source.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length))) is > 0 and var read)
        {
            target.Write(buffer.AsSpan(0, read));
            length -= read;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Takes the findings instead of drawing them.</summary>
    private sealed class Reader : QuietObserver
    {
        public RunRecord? Record { get; private set; }

        public Findings? Findings { get; private set; }

        public override void Render(RunDirectory directory, RunRecord record, Findings findings) => (Record, Findings) = (record, findings);
    }
}
