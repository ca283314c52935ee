using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>
/// When an episode is kept half-way, and what it goes on from. Not with a mechanism that looks at reports or replays: what it has seen is
/// not in the checkpoint, so its episodes begin again.
/// </summary>
internal sealed class Checkpoints(GameRules rules, GuardedMechanism mechanism)
{
    private bool _isDue;
    private int _journaled;
    private GameCheckpoint? _left;

    /// <summary>Begins with what an earlier process left; null: nothing.</summary>
    public void Begin(GameCheckpoint? left, int episode)
    {
        _journaled = episode;
        _left = left?.Episode == episode && mechanism.ForgetsRounds ? left : null;
    }

    /// <summary>
    /// The journal holds an episode. A checkpoint takes the place of the one before: until then that of the next episode would be of no use
    /// to anybody, and this episode's would be lost.
    /// </summary>
    public void Journaled(int episode) => _journaled = episode + 1;

    /// <summary>The next round that ends is to be kept.</summary>
    public void Demand() => _isDue = mechanism.ForgetsRounds;

    /// <summary>Whether a round waits for open tests, whose results belong to its checkpoint.</summary>
    public bool WaitsForTests(int episode, int round, ModelTests tests) => IsDue(episode, round) && tests.Open.Count > 0;

    /// <summary>The checkpoint after a round, where one is due.</summary>
    public ServerEffect[] KeepIfDue(int episode, int round, ModelVector model, ModelVector? previous, EpisodeParts parts)
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
            [.. parts.Tests.Results.Select(entry => new RoundEvaluation(entry.Key, entry.Value))],
            [.. parts.Excluded.Failures],
            parts.Absences.All,
            previous))];
    }

    /// <summary>What the episode goes on from, once; null where it begins at its beginning.</summary>
    public GameCheckpoint? Take()
    {
        var left = _left;
        _left = null;
        return left;
    }

    private bool IsDue(int episode, int round) => _isDue && episode <= _journaled && round > 0 && round < rules.Protocol.Rounds;
}
