using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The cohorts' answers of a round, or of the labeling before the first one. They are taken in cohort order, so that sums have the same
/// bits whatever order the answers come in.
/// </summary>
/// <param name="cohorts">How many cohorts there are.</param>
/// <param name="excluded">Takes clients that failed as soon as their cohort says so.</param>
/// <param name="failuresOf">The clients that failed, as an answer names them.</param>
/// <param name="take">Takes an answer; called in cohort order.</param>
internal sealed class CohortAnswers<T>(int cohorts, Exclusions excluded, Func<T, ClientFailure[]> failuresOf, Action<T> take)
    where T : class
{
    private readonly OrderedGather<T> _gather = new(cohorts);
    private readonly List<ClientFailure> _failures = [];

    /// <summary>The cohorts that did not answer yet, in order.</summary>
    public IEnumerable<int> Missing => _gather.Missing;

    /// <summary>Whether all answered.</summary>
    public bool IsComplete => _gather.IsComplete;

    /// <summary>The clients that failed, in client order once all answered.</summary>
    public IReadOnlyList<ClientFailure> Failures => _failures;

    public bool IsMissing(int cohort) => _gather.IsMissing(cohort);

    /// <summary>Awaits an answer of every cohort.</summary>
    public void Begin()
    {
        _failures.Clear();
        _gather.Begin();
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>False where none is awaited from the cohort.</returns>
    public bool Offer(int cohort, T answer)
    {
        if (!_gather.Offer(cohort, answer))
        {
            return false;
        }

        excluded.Add(failuresOf(answer));
        while (_gather.TakeNext() is { } next)
        {
            _failures.AddRange(failuresOf(next));
            take(next);
        }

        return true;
    }
}
