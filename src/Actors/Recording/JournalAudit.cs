using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// Looks at all rows of a run, those of its journals before its checkpoints. A record counts where it is what was written, where it was
/// written, and so is each one before it in its journal: a game's next episode may depend on the one before.
/// </summary>
/// <param name="run">The run's id.</param>
internal sealed class JournalAudit(string run)
{
    private readonly string _plan = JournalName.Of(run, JournalName.Plan);
    private readonly Dictionary<string, long> _last = [];
    private readonly HashSet<string> _broken = [];
    private readonly HashSet<int> _episodes = [];
    private readonly HashSet<int> _behind = [];
    private readonly List<string> _damages = [];
    private readonly List<string> _lostCheckpoints = [];
    private readonly SortedSet<string> _strangers = new(StringComparer.Ordinal);
    private byte[]? _games;
    private string? _unreadable;

    public JournalFindings Findings => new(
        _last.ContainsKey(_plan),
        _episodes,
        _unreadable is null ? _damages : [.. _damages, $"the file itself is damaged ({_unreadable})"],
        _behind,
        _lostCheckpoints,
        [.. _strangers]);

    /// <summary>The store itself cannot be read, or not to its end: said once.</summary>
    public void AddUnreadable(string reason) => _unreadable ??= reason;

    /// <returns>Whether the row's record counts.</returns>
    public bool Accept(StoredRow row)
    {
        var record = row.Record;
        bool isIntact = record is { IsIntact: true };
        var (journal, number) = isIntact ? (record!.Journal, record.Number) : (row.Journal, row.Number);
        if (isIntact && JournalName.RunOf(journal) is { } owner && owner != run)
        {
            _strangers.Add(owner);
            return false;
        }

        var fault = isIntact && row.IsReadable && row.Journal == journal && row.Number == number ? FaultOf(record!) : "is damaged";
        if (row.Table == StoredTable.Snapshots)
        {
            if (fault is not null)
            {
                _lostCheckpoints.Add($"{JournalName.Describe(journal, number)} {fault}");
            }

            return fault is null;
        }

        return Follows(journal, number, fault, record) && Count(journal, record!);
    }

    /// <summary>What is wrong with a record that is what was written; null: nothing.</summary>
    private string? FaultOf(SealedRecord record)
    {
        if (record.Journal == _plan)
        {
            return null;
        }

        _games ??= record.Games;
        return record.Games.AsSpan().SequenceEqual(_games) ? null : "was written for other games than the run has now";
    }

    /// <summary>Whether a record comes after all that were written before it in its journal.</summary>
    private bool Follows(string journal, long number, string? fault, SealedRecord? record)
    {
        if (_broken.Contains(journal))
        {
            if (fault is null)
            {
                _behind.UnionWith(record!.Episodes);
            }

            return false;
        }

        long expected = _last.GetValueOrDefault(journal) + 1;
        if (fault is null && number == expected)
        {
            return true;
        }

        _broken.Add(journal);
        if (fault is null && number > expected)
        {
            _damages.Add($"{JournalName.Describe(journal, expected)} is missing");
            _behind.UnionWith(record!.Episodes);
        }
        else
        {
            _damages.Add($"{JournalName.Describe(journal, number)}{LabelOf(record)} {fault ?? "is there twice"}");
        }

        return false;
    }

    private bool Count(string journal, SealedRecord record)
    {
        _last[journal] = record.Number;
        _episodes.UnionWith(record.Episodes);
        if (journal == _plan)
        {
            _games = record.Checksum;
        }

        return true;
    }

    /// <summary>What a record says that it holds; where it is damaged that may be, too.</summary>
    private static string LabelOf(SealedRecord? record) => record?.Episodes is { Length: > 0 } episodes
        ? $" (labelled as {(episodes.Length == 1 ? "episode" : "episodes")} {string.Join(", ", episodes)})"
        : "";
}
