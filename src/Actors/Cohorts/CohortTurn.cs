using Akka.Actor;

namespace FLCrowd.Actors.Cohorts;

/// <summary>A cohort's place among the <see cref="CohortTurns"/> of its node: what it does at its turn.</summary>
/// <param name="turns">Those of its node.</param>
/// <param name="cohort">The cohort.</param>
internal sealed class CohortTurn(CohortTurns turns, IActorRef cohort)
{
    private Action? _work;
    private bool _isTaken;

    /// <summary>Its turn will come, however long the others take.</summary>
    public bool IsAwaited => _work is not null;

    /// <summary>Does something at once where the cohort has a turn or gets one, and else as soon as it comes.</summary>
    /// <param name="clients">How many clients work.</param>
    /// <param name="work">What to do.</param>
    public void Do(int clients, Action work)
    {
        if (_isTaken || (!IsAwaited && turns.Take(cohort, clients)))
        {
            _isTaken = true;
            work();
        }
        else
        {
            _work = work;
        }
    }

    /// <summary>It has come.</summary>
    public void Come()
    {
        if (_work is { } work)
        {
            (_isTaken, _work) = (true, null);
            work();
        }
    }

    /// <summary>Ends it, or the wait for it.</summary>
    public void End()
    {
        if (_isTaken || IsAwaited)
        {
            (_isTaken, _work) = (false, null);
            turns.End(cohort);
        }
    }
}
