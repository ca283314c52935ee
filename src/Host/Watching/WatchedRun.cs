using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Watching;

/// <summary>A run's folder as a page shows it, whether the run is over, under way in another process, or in this one. Nothing is read
/// unless somebody looks.</summary>
/// <param name="folder">The folder.</param>
/// <param name="live">What this process knows of it besides; null: it is played elsewhere, or over.</param>
/// <param name="clock">For how often is looked.</param>
internal sealed class WatchedRun(string folder, LiveFeed? live, TimeProvider clock)
{
    /// <summary>Between two looks at the folder.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly RunTail _tables = new(folder);
    private readonly FindingsSoFar _findings = new(folder, clock);
    private RunRecord? _record;
    private DateTime _written;
    private long? _looked;
    private long _version;

    /// <summary>What this process knows of the run; null: nothing but its folder.</summary>
    public LiveFeed? Live => live;

    /// <summary>Changes whenever there is something new.</summary>
    public (long Tables, long Live) Version
    {
        get
        {
            lock (_gate)
            {
                Look();
                return (_version, live?.Version ?? 0);
            }
        }
    }

    /// <summary>What a page has to know to ask for the rest.</summary>
    public JsonObject State()
    {
        lock (_gate)
        {
            Look();
            var record = _record;
            return new JsonObject
            {
                ["generation"] = _tables.Generation,
                ["episodes"] = _tables.Count,
                ["experiment"] = record?.Experiment,
                ["asked"] = record?.Asked,
                ["kind"] = record?.Kind,
                ["status"] = record?.Status.ToString().ToLowerInvariant(),
                ["failure"] = record?.Failure,
                ["started"] = record?.Started.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
                ["seconds"] = record?.Seconds,
                ["seed"] = record?.Seed.ToString(CultureInfo.InvariantCulture),
                ["games"] = record?.Games,
                ["episodesPlanned"] = record?.EpisodesPlanned,
                ["swept"] = record is null ? null : new JsonArray([.. record.Swept.Select(name => JsonValue.Create(name))]),
                ["cohortSize"] = (record?.Configuration["execution"]?["cohort-size"] as JsonValue)?.DeepClone(),
                ["folder"] = folder,
                ["hasReport"] = File.Exists(ReportFile),
                ["live"] = live?.Summary(),
            };
        }
    }

    /// <summary>The report of a run that has one.</summary>
    public string ReportFile => Path.Combine(folder, RunDirectory.ReportFile);

    /// <inheritdoc cref="RunTail.Episodes"/>
    public JsonObject Episodes(int from)
    {
        lock (_gate)
        {
            Look();
            return new JsonObject { ["generation"] = _tables.Generation, ["rows"] = _tables.Episodes(from, 2000) };
        }
    }

    /// <inheritdoc cref="RunTail.Rounds"/>
    public JsonArray? Rounds(int episode) => Locked(() => _tables.Rounds(episode));

    /// <inheritdoc cref="RunTail.Crowd"/>
    public byte[]? Crowd(int episode) => Locked(() => _tables.Crowd(episode));

    /// <inheritdoc cref="RunTail.History"/>
    public JsonObject? History(int client, int episode) => Locked(() => _tables.History(client, episode));

    /// <summary>What the run found so far, as a part of a page.</summary>
    public JsonObject Findings()
    {
        IReadOnlyDictionary<string, long> lengths;
        (int, int, RunStatus?) state;
        lock (_gate)
        {
            Look();
            (lengths, state) = (_tables.Lengths, (_tables.Generation, _tables.Count, _record?.Status));
        }

        var (version, html, note) = _findings.At(state, lengths);
        return new JsonObject { ["version"] = version, ["html"] = html, ["note"] = note };
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Takes what is new in the folder; a folder that cannot be read now is looked at again the next time.</summary>
    private void Look()
    {
        if (_looked is { } last && clock.GetElapsedTime(last) < Pause)
        {
            return;
        }

        _looked = clock.GetTimestamp();
        try
        {
            var written = File.GetLastWriteTimeUtc(Path.Combine(folder, RunDirectory.RecordFile));
            if (written != _written)
            {
                var record = RunDirectory.Open(folder).Read();
                if (_record is { } before && (before.Started, before.Seed) != (record.Started, record.Seed))
                {
                    _tables.Begin();
                }

                (_record, _written) = (record, written);
                _version++;
            }

            var (generation, count) = (_tables.Generation, _tables.Count);
            _tables.Read();
            _version += (generation, count) == (_tables.Generation, _tables.Count) ? 0 : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SettingException)
        {
            // A run that begins in the folder, or goes, while somebody looks.
        }
    }
}
