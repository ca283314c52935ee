using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Cohorts;

/// <summary>How an episode ends for the clients of a cohort: what each did and got, what it remembers, and who failed even then.</summary>
internal sealed class CohortPayment
{
    private readonly int _firstClient;
    private readonly CohortRewards _message;
    private readonly (int Game, int Cohort) _key;
    private readonly OrderedGather<ClientOutcome> _outcomes;
    private readonly byte[]?[] _memories;
    private readonly SortedDictionary<int, ClientFailure> _failures = [];

    public CohortPayment(int game, int cohort, int firstClient, int size, CohortRewards message)
    {
        (_key, _firstClient, _message) = ((game, cohort), firstClient, message);
        _memories = new byte[]?[size];
        _outcomes = new OrderedGather<ClientOutcome>(size);
        _outcomes.Begin();
    }

    /// <summary>Whether all clients have ended the episode.</summary>
    public bool IsComplete => _outcomes.IsComplete;

    /// <summary>r_i of a client, by its index in the cohort.</summary>
    public double RewardOf(int member) => _message.Rewards[member];

    /// <summary>Whether a client has yet to end the episode.</summary>
    public bool IsMissing(int member) => _outcomes.IsMissing(member);

    /// <summary>A client could not learn from its reward; the outcome, which it still sends, stands.</summary>
    public void Fail(ClientFailure failure) => _failures.TryAdd(failure.Client, failure);

    /// <summary>A client ended the episode.</summary>
    public void Take(ClientOutcome outcome, byte[]? memory)
    {
        int member = outcome.Client - _firstClient;
        _outcomes.Offer(member, outcome);
        _memories[member] = memory;
    }

    /// <summary>What the recorder is told, once all clients have ended the episode; to be called once.</summary>
    /// <param name="dropped">Messages that the cohort dropped since it last said so.</param>
    public CohortOutcomes Outcomes(long dropped) => new(
        _key.Game,
        _key.Cohort,
        _message.Episode,
        [.. Enumerable.Range(0, _memories.Length).Select(_ => _outcomes.TakeNext()!)],
        dropped,
        Array.Exists(_memories, bytes => bytes is not null) ? [.. _memories] : null,
        _failures.Count > 0 ? [.. _failures.Values] : null);
}
