using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Cohorts;

/// <summary>
/// What the clients of a cohort answer in a round, or in the labeling before the first one. They are taken in client order, so that sums
/// have the same bits whatever order they come in.
/// </summary>
/// <param name="firstClient">The cohort's first client.</param>
/// <param name="members">Who takes part; told who failed.</param>
/// <param name="size">Clients of the cohort.</param>
/// <param name="coefficientOf">By client, the coefficient of its report in the sum; null: there is none.</param>
internal sealed class ClientAnswers(
    int firstClient, int size, CohortMembers members, Func<int, double>? coefficientOf)
{
    private readonly OrderedGather<IToServer> _answers = new(size);
    private readonly List<ClientFailure> _failures = [];
    private readonly CohortSum _sum = new(coefficientOf);
    private double _surrogateChange;

    /// <summary>Whether all that are awaited answered.</summary>
    public bool IsComplete => _answers.IsComplete;

    /// <summary>Whether a client failed.</summary>
    public bool HasFailures => _failures.Count > 0;

    /// <summary>Whether a client's answer is awaited, by its index in the cohort.</summary>
    public bool IsMissing(int member) => _answers.IsMissing(member);

    /// <summary>Awaits that all clients are ready.</summary>
    public void BeginLabeling()
    {
        _failures.Clear();
        _surrogateChange = 0;
        _answers.Begin();
    }

    /// <summary>Awaits the reports of those that take part.</summary>
    public void BeginRound(GlobalModel message)
    {
        _failures.Clear();
        _sum.Begin(message.Model.Length, message.WantsReports);
        _answers.Begin(members.IsActive);
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>False where none is awaited from the client.</returns>
    public bool Offer(int client, IToServer answer)
    {
        if (!_answers.Offer(client - firstClient, answer))
        {
            return false;
        }

        while (_answers.TakeNext() is { } next)
        {
            Take(next);
        }

        return true;
    }

    /// <summary>The cohort's answer after the labeling.</summary>
    public CohortReady Ready(int game, int cohort, int episode) => new(game, cohort, episode, [.. _failures], _surrogateChange);

    /// <summary>The cohort's answer after a round.</summary>
    public CohortUpdate Update(int game, int cohort, int episode, int round) =>
        new(game, cohort, episode, round, _sum.Reported, _sum.Weight, _sum.Sum, _sum.Reports, [.. _failures], members.Absent);

    private void Take(IToServer answer)
    {
        switch (answer)
        {
            case ClientFailure failure:
                _failures.Add(failure);
                members.Exclude(failure);
                break;
            case Ready ready:
                _surrogateChange += ready.SurrogateChange;
                members.Attend(ready.Client, ready.Attendance);
                break;
            case LocalModel report:
                _sum.Add(report);
                break;
        }
    }
}
