using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Cohorts;

/// <summary>How an episode ends for the clients of a cohort: what each did and got, what it remembers, and who failed even then.</summary>
internal sealed class CohortPayment(int game, int cohort, int firstClient, int size)
{
    private readonly OrderedGather<ClientOutcome> _outcomes = new(size);
    private readonly byte[]?[] _memories = new byte[]?[size];
    private readonly SortedDictionary<int, ClientFailure> _failures = [];

    private int _episode;
    private double[] _rewards = [];

    /// <summary>What the recorder is told, as often as it asks; null before all clients have ended the episode.</summary>
    public CohortOutcomes? Result { get; private set; }

    /// <summary>r_i of a client, by its index in the cohort.</summary>
    public double RewardOf(int member) => _rewards[member];

    /// <summary>Whether a client has yet to end the episode.</summary>
    public bool IsMissing(int member) => _outcomes.IsMissing(member);

    public void Begin(CohortRewards message)
    {
        (_episode, _rewards) = (message.Episode, message.Rewards);
        _failures.Clear();
        _outcomes.Begin();
        Result = null;
    }

    /// <summary>A client could not learn from its reward; the outcome, which it still sends, stands.</summary>
    public void Fail(ClientFailure failure) => _failures.TryAdd(failure.Client, failure);

    /// <summary>A client ended the episode; the result is there once all have.</summary>
    public void Take(ClientOutcome outcome, byte[]? memory, long dropped)
    {
        int member = outcome.Client - firstClient;
        _outcomes.Offer(member, outcome);
        _memories[member] = memory;
        if (_outcomes.IsComplete)
        {
            Result = new CohortOutcomes(
                game,
                cohort,
                _episode,
                [.. Enumerable.Range(0, size).Select(_ => _outcomes.TakeNext()!)],
                dropped,
                Array.Exists(_memories, bytes => bytes is not null) ? [.. _memories] : null,
                _failures.Count > 0 ? [.. _failures.Values] : null);
        }
    }
}
