using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>The clients that failed in the episode. They are known as soon as their cohort says so, since it may move any time.</summary>
internal sealed class Exclusions(CohortLayout layout)
{
    private readonly SortedDictionary<int, ClientFailure> _failures = [];

    /// <summary>How many.</summary>
    public int Count => _failures.Count;

    /// <summary>The clients.</summary>
    public IReadOnlySet<int> Clients => _failures.Keys.ToHashSet();

    /// <summary>How they failed, in client order.</summary>
    public IReadOnlyCollection<ClientFailure> Failures => _failures.Values;

    public void Clear() => _failures.Clear();

    public void Add(IEnumerable<ClientFailure> failures)
    {
        foreach (var failure in failures)
        {
            _failures.TryAdd(failure.Client, failure);
        }
    }

    public bool Contains(int client) => _failures.ContainsKey(client);

    /// <summary>A cohort's, in client order; null where it has none.</summary>
    public ClientFailure[]? Of(int cohort)
    {
        if (_failures.Count == 0)
        {
            return null;
        }

        int first = layout.FirstOf(cohort);
        ClientFailure[] failures =
            [.. _failures.Values.Where(failure => failure.Client >= first && failure.Client < first + layout.SizeOf(cohort))];
        return failures.Length == 0 ? null : failures;
    }
}
