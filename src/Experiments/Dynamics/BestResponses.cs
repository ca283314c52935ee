using FLCrowd.Actors.Clients;
using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>
/// Revisions of one profile: clients whose turn it is get a best response each, all of them to the same profile, until nobody changes any
/// more, the same profiles come again, or the budget is used up.
/// </summary>
/// <param name="design">Whose turn it is when, and the budget.</param>
/// <param name="block">Takes down what happens.</param>
/// <param name="responder">Knows the responses.</param>
/// <param name="stages">Plays the profile after every change.</param>
/// <param name="say">Tells people of a change.</param>
internal sealed class BestResponses(
    DynamicsDesign design, BlockDynamics block, IResponder responder, DynamicsStages stages, Action<string> say)
{
    private readonly int _clients = block.Game.Crowd.Clients;

    private readonly RevisionSchedule[] _schedules =
    [
        .. Enumerable.Range(0, block.Game.Crowd.Clients)
            .Select(client => new RevisionSchedule(design.Turns, new Seed(block.Game.Seed), client, block.Game.Crowd.Clients)),
    ];

    /// <summary>Asked since the last change, and stayed.</summary>
    private readonly HashSet<int> _content = [];

    /// <summary>After how many changes a profile was there, with the same clients to come.</summary>
    private readonly Dictionary<(Profile, int), int> _seen = [];

    /// <summary>Plays to an end; there is none where the run was interrupted.</summary>
    public async Task PlayAsync()
    {
        await stages.PlayAsync([(block.Game, block)]);
        for (int revision = 1; revision <= design.Settings.Revisions && stages.AreComplete; revision++)
        {
            var profile = block.Profiles[^1];
            if (PeriodOf(profile, revision) is { } period)
            {
                block.End(new Ending(EndingKind.Cycle, profile, period));
                return;
            }

            int[] asked = [.. Enumerable.Range(0, _clients).Where(client => _schedules[client].MayRevise(revision))];
            var responses = await responder.RespondAsync(profile, asked, revision);
            if (!stages.AreComplete)
            {
                return;
            }

            if (responses.Count > 0)
            {
                await ChangeAsync(profile, responses, revision);
                continue;
            }

            _content.UnionWith(asked);
            if (_content.Count == _clients)
            {
                block.End(new Ending(EndingKind.FixedPoint, profile));
                return;
            }
        }

        if (stages.AreComplete)
        {
            block.End(new Ending(EndingKind.Moving, block.Profiles[^1], 0, _clients - _content.Count));
        }
    }

    /// <summary>After how many changes the profile came again, where all that follows must come again, too; null where it need
    /// not.</summary>
    private int? PeriodOf(Profile profile, int revision)
    {
        var turns = design.Turns;
        if (turns.Order == RevisionOrder.Random || turns.Inertia != 0)
        {
            return null;
        }

        int position = turns.Order == RevisionOrder.RoundRobin ? revision / turns.Turn % _clients : 0;
        int changes = block.Profiles.Count - 1;
        return !_seen.TryAdd((profile, position), changes) && _seen[(profile, position)] is var first && first < changes
            ? changes - first
            : null;
    }

    private async Task ChangeAsync(Profile profile, IReadOnlyList<Response> responses, int revision)
    {
        _content.Clear();
        var next = responses.Aggregate(profile, (changed, response) => changed.With(response.Client, response.Action));
        block.Gain = responses.Max(response => response.Gain);
        say($"revision {revision}: " + string.Join(", ", responses.Select(response =>
            $"client {response.Client} to {Profile.Describe(response.Action)} for {Numbers.Money(response.Gain)}")));
        await stages.PlayAsync([(block.GameOf(next, DynamicsPhase.Play, revision), block)]);
    }
}
