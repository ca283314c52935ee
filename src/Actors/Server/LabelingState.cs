using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>The first phase of an episode: all clients are offered their assignments, choose what to do, and label.</summary>
internal sealed class LabelingState
{
    private readonly CohortAnswers<CohortReady> _cohorts;
    private readonly CohortRequests _requests;

    public LabelingState(GameRules rules, CohortRequests requests, Exclusions excluded, PaidLoss paidLoss)
    {
        _requests = requests;
        _cohorts = new CohortAnswers<CohortReady>(rules.Layout.Cohorts, excluded, ready => ready.Failures, paidLoss.Add);
        _cohorts.Begin();
    }

    /// <summary>The cohorts that are not ready yet, in order.</summary>
    public IEnumerable<int> Missing => _cohorts.Missing;

    /// <summary>Whether all are ready.</summary>
    public bool IsComplete => _cohorts.IsComplete;

    /// <summary>The clients that failed, in client order once all cohorts are ready.</summary>
    public IReadOnlyList<ClientFailure> Failures => _cohorts.Failures;

    /// <summary>A cohort is ready.</summary>
    /// <returns>False where that was known, or there is no such cohort.</returns>
    public bool Accept(CohortReady message) => _cohorts.Offer(message.Cohort, message);

    /// <summary>Offers the assignments to the cohorts that are not ready.</summary>
    public ServerEffect[] Ask() => [.. _cohorts.Missing.Select(_requests.Assign)];
}
