using System.Collections.Immutable;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// Which clients of a cohort take part: not those that failed in the episode, were lost for good, are left out of a replay, are not
/// asked, or not heard, in the round, or stay away from it.
/// </summary>
internal sealed class CohortMembers(int firstClient, int size)
{
    private readonly string?[] _excluded = new string?[size];
    private readonly SortedSet<int> _lost = [];
    private readonly double[] _attendance = new double[size];
    private Func<int, bool>? _isHeard;
    private Func<int, bool>? _attends;
    private ImmutableArray<int>? _active;

    /// <summary>The client that a replay leaves out.</summary>
    public int? Without { get; private set; }

    /// <summary>The clients whose actors are gone, by their index in the cohort.</summary>
    public IReadOnlyCollection<int> Lost => _lost;

    /// <summary>The others.</summary>
    public IEnumerable<int> Present => Enumerable.Range(0, size).Where(member => !_lost.Contains(member));

    /// <summary>The clients that take part in the next round and whose actors are there, by their index in the cohort.</summary>
    public ImmutableArray<int> Active => _active ??= [.. Present.Where(IsActive)];

    /// <summary>Whether a client takes part in the next round.</summary>
    public bool IsActive(int member) => IsAwaited(member) && _attends?.Invoke(firstClient + member) is not false;

    /// <summary>The clients that the server would hear in the round, and that stay away, in order; null: none.</summary>
    public int[]? Absent { get; private set; }

    /// <summary>Whether all come to every round in which they are asked.</summary>
    public bool AllAttend { get; private set; }

    /// <summary>The share of rounds that a client takes part in.</summary>
    public double AttendanceOf(int client) => _attendance[client - firstClient];

    /// <summary>Why a client failed in the episode; null where it did not.</summary>
    public string? FailureOf(int member) => _excluded[member];

    /// <summary>Begins an episode: all that were not lost take part.</summary>
    public void Begin()
    {
        Without = null;
        (_isHeard, _attends, Absent) = (null, null, null);
        AllAttend = true;
        Array.Fill(_attendance, 1);
        Array.Clear(_excluded);
        _active = null;
    }

    /// <summary>Takes note of who takes part in a round, as the server says: this cohort may have moved here after some failed.</summary>
    /// <param name="excluded">The clients that failed.</param>
    /// <param name="without">The client that a replay leaves out.</param>
    /// <param name="isHeard">Which clients the server asks and hears in the round; null: all.</param>
    /// <param name="attends">Which of them come; null: all.</param>
    /// <returns>Whether that was news.</returns>
    public bool Follow(
        ClientFailure[]? excluded, int? without, Func<int, bool>? isHeard = null, Func<int, bool>? attends = null)
    {
        bool isNews = without != Without || isHeard is not null || _isHeard is not null || attends is not null || _attends is not null;
        (Without, _isHeard, _attends) = (without, isHeard, attends);
        _active = isNews ? null : _active;
        foreach (var failure in excluded ?? [])
        {
            isNews |= FailureOf(failure.Client - firstClient) is null;
            Exclude(failure);
        }

        int[] absent = attends is null
            ? []
            : [.. Present.Where(IsAwaited).Select(member => firstClient + member).Where(client => !attends(client))];
        Absent = absent.Length > 0 ? absent : null;
        return isNews;
    }

    /// <summary>A client chose the share of rounds that it takes part in.</summary>
    public void Attend(int client, double attendance)
    {
        _attendance[client - firstClient] = attendance;
        AllAttend &= attendance >= 1;
    }

    /// <summary>A client failed; the first reason counts.</summary>
    public void Exclude(ClientFailure failure)
    {
        _excluded[failure.Client - firstClient] ??= failure.Reason;
        _active = null;
    }

    /// <summary>A client's actor is gone.</summary>
    public void Lose(int member)
    {
        _lost.Add(member);
        _active = null;
    }

    private bool IsAwaited(int member) =>
        _excluded[member] is null && firstClient + member != Without && _isHeard?.Invoke(firstClient + member) is not false;
}
