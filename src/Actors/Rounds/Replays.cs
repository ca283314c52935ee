namespace FLCrowd.Actors.Rounds;

/// <summary>
/// Counts the rounds of an episode and of its replays, in each of which one client sits out: rounds count on, so that round k T + t is
/// round t of replay k, and messages of a replay cannot be taken for those of another.
/// </summary>
/// <param name="protocol">How the crowd trains.</param>
internal sealed class Replays(TrainingProtocol protocol)
{
    private int[] _leftOut = [];

    /// <summary>The last round of the last replay; T without replays.</summary>
    public int LastRound => protocol.Rounds * (1 + _leftOut.Length);

    public void Begin(IEnumerable<int> leftOut) => _leftOut = [.. leftOut];

    /// <summary>The client that sits out; null in the episode itself.</summary>
    public int? Without(int round) => round <= protocol.Rounds ? null : _leftOut[((round - 1) / protocol.Rounds) - 1];

    /// <summary>By client that sat out: what is known after the last round of its replay.</summary>
    public Dictionary<int, double> Results(Func<int, double> afterRound) =>
        _leftOut.Select((client, replay) => (client, replay)).ToDictionary(
            entry => entry.client, entry => afterRound((entry.replay + 2) * protocol.Rounds));

    /// <summary>The round t of the episode that a round is, or repeats.</summary>
    public static int StepOf(int round, TrainingProtocol protocol) => ((round - 1) % protocol.Rounds) + 1;
}
