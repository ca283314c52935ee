using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>One profile of a dynamics experiment under one mechanism, as it goes on: what was played so far.</summary>
/// <param name="game">The game as configured.</param>
/// <param name="cell">Its values of the swept columns.</param>
/// <param name="deviations">What responses are searched among.</param>
internal sealed class BlockDynamics(GameDefinition game, IReadOnlyList<string> cell, RegretSettings deviations)
{
    private readonly List<RevisionRow> _rows = [];
    private readonly List<Profile> _profiles = [];

    public GameDefinition Game => game;

    public IReadOnlyList<string> Cell => cell;

    /// <summary>One per revision.</summary>
    public IReadOnlyList<RevisionRow> Rows => _rows;

    public IReadOnlyList<Profile> Profiles => _profiles;

    /// <summary>D' of every client, in client order.</summary>
    public IReadOnlyList<int> AssignedBatchSizes { get; private set; } = [];

    /// <summary>How it ended; null while it goes on, or where it was interrupted.</summary>
    public Ending? Ending { get; private set; }

    /// <summary>The gain that the next profile came from; null where nobody changed, or clients decided by themselves.</summary>
    public double? Gain { get; set; }

    /// <summary>A game of a profile, one episode.</summary>
    public GameDefinition GameOf(Profile profile, DynamicsPhase phase, int revision) => game with
    {
        Episodes = 1,
        Crowd = profile.Fix(game.Crowd),
        Swept = deviations.Nobody(DynamicsDesign.Values(cell, phase, DynamicsDesign.Number(revision))),
    };

    /// <summary>Takes down an episode of the profile after a revision.</summary>
    /// <exception cref="InvalidOperationException">A client was excluded and has no action.</exception>
    public void Add(RecordedEpisode episode)
    {
        var clients = episode.Clients.ToList();
        var profile = new Profile([.. clients.Select(client => client.Action
            ?? throw new InvalidOperationException(
                $"client {client.Client} failed before it chose; dynamics need an action of everybody"))]);
        var evaluation = episode.Result.Rounds[^1].Evaluation;
        _rows.Add(new RevisionRow(
            cell,
            _rows.Count,
            episode.Number,
            _profiles.Count == 0 ? 0 : profile.Differences(_profiles[^1]),
            Gain,
            profile.Text,
            evaluation.TrainingLoss,
            evaluation.TestLoss,
            evaluation.Accuracy,
            episode.Result.TotalReward,
            episode.Result.ServerPayoff,
            clients.Average(client => client.Reward - client.Cost),
            profile.Actions.Average(action => action.Effort),
            clients.Average(client => (double)client.Action!.Value.BatchSize / client.AssignedBatchSize),
            profile.Actions.Average(action => action.Gamma)));
        _profiles.Add(profile);
        AssignedBatchSizes = [.. clients.Select(client => client.AssignedBatchSize)];
        Gain = null;
    }

    public void End(Ending ending)
    {
        Ending = ending;
        _rows[^1] = _rows[^1] with { Ending = ending.Text, Reached = ending.Reached.Text };
    }
}
