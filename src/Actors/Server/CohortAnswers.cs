using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>
/// The cohorts' answers of a round, or of the labeling before the first one. They are taken in cohort order, so that sums have the same
/// bits whatever order the answers come in.
/// </summary>
internal sealed class CohortAnswers(GameRules rules, Exclusions excluded, PaidLoss paidLoss, RoundAggregation aggregation)
{
    private readonly OrderedGather<IToServer> _gather = new(rules.Layout.Cohorts);
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
    public bool Offer(int cohort, IToServer answer)
    {
        if (!_gather.Offer(cohort, answer))
        {
            return false;
        }

        excluded.Add(FailuresOf(answer));
        while (_gather.TakeNext() is { } next)
        {
            Take(next);
        }

        return true;
    }

    private void Take(IToServer answer)
    {
        _failures.AddRange(FailuresOf(answer));
        switch (answer)
        {
            case CohortReady ready:
                paidLoss.Add(ready);
                break;
            case CohortUpdate update:
                aggregation.Add(update);
                break;
        }
    }

    private static ClientFailure[] FailuresOf(IToServer answer) => answer switch
    {
        CohortReady ready => ready.Failures,
        CohortUpdate update => update.Failures,
        _ => [],
    };
}
