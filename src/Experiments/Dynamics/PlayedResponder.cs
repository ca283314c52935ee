using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Dynamics;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>Responses by games: the best of the deviations that gain more than what counts for certain.</summary>
/// <param name="design">The deviations, and how often they are played.</param>
/// <param name="block">Whose clients respond.</param>
/// <param name="stages">Plays the games.</param>
internal sealed class PlayedResponder(DynamicsDesign design, BlockDynamics block, DynamicsStages stages) : IResponder
{
    /// <summary>What draws of the search are for.</summary>
    private const string Draws = "search";

    public async Task<IReadOnlyList<Response>> RespondAsync(Profile profile, IReadOnlyList<int> asked, int revision)
    {
        if (asked.Count == 0)
        {
            return [];
        }

        var question = design.Search(block.Cell, revision, asked);
        var found = (await stages.MeasureAsync(question, [block.GameOf(profile, DynamicsPhase.Search, revision)], Draws)).Single();
        return [.. found.Clients
            .Select(client => found.Gains
                .Where(gain => gain.Deviation.Client == client.Client.Client && gain.Verdict == GainVerdict.Above)
                .MaxBy(gain => gain.Mean))
            .OfType<DeviationGain>()
            .Select(gain => new Response(gain.Deviation.Client, Action(gain.Deviation), gain.Mean))];
    }

    private ClientAction Action(Deviation deviation)
    {
        var learning = block.Game.Learning;
        int max = Crowd.MaxBatchSize(learning.Partition.CountOf(deviation.Client), learning.Protocol);
        double size = Math.Round(deviation.BatchFactor * block.AssignedBatchSizes[deviation.Client]);
        return new ClientAction(deviation.Effort, (int)Math.Clamp(size, 1, max), deviation.Gamma)
        {
            Attendance = deviation.Attendance,
        };
    }
}
