using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// When an episode is kept half-way, and how it goes on from there. Not with a mechanism that looks at reports or replays: what it has seen is
/// not in the checkpoint, so its episodes begin again.
/// </summary>
internal sealed class Checkpoints(GameRules rules, MechanismDesk desk, ModelTests tests, Exclusions excluded)
{
    private bool _isDue;
    private int _journaled;
    private GameCheckpoint? _left;

    /// <summary>Begins with what an earlier process left; null: nothing.</summary>
    public void Begin(GameCheckpoint? left, int episode)
    {
        _journaled = episode;
        _left = left?.Episode == episode && desk.ForgetsRounds ? left : null;
    }

    /// <summary>
    /// The journal holds an episode. A checkpoint takes the place of the one before: until then that of the next episode would be of no use
    /// to anybody, and this episode's would be lost.
    /// </summary>
    public void Journaled(int episode) => _journaled = episode + 1;

    /// <summary>The next round that ends is to be kept.</summary>
    public void Demand() => _isDue = desk.ForgetsRounds;

    /// <summary>Whether a round waits for open tests, whose results belong to its checkpoint.</summary>
    public bool WaitsForTests(int episode, int round) => IsDue(episode, round) && tests.Open.Count > 0;

    /// <summary>The checkpoint after a round, where one is due.</summary>
    public ServerEffect[] KeepIfDue(int episode, int round, ModelVector model)
    {
        if (!IsDue(episode, round))
        {
            return [];
        }

        _isDue = false;
        return [new ServerEffect.Keep(new GameCheckpoint(
            episode,
            round,
            model,
            [.. tests.Results.Select(entry => new RoundEvaluation(entry.Key, entry.Value))],
            [.. excluded.Failures]))];
    }

    /// <summary>What the episode goes on from, once; null where it begins at its beginning.</summary>
    public GameCheckpoint? Take()
    {
        if (_left is not { } left)
        {
            return null;
        }

        _left = null;
        tests.Restore(left.Rounds);
        excluded.Add(left.Excluded);
        return left;
    }

    private bool IsDue(int episode, int round) => _isDue && episode <= _journaled && round > 0 && round < rules.Protocol.Rounds;
}
