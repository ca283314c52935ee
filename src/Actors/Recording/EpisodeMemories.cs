using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>What every game's next episode begins with, should a cohort move, or the game go on in another process.</summary>
internal sealed class EpisodeMemories(ExperimentPlan plan)
{
    private readonly Dictionary<(int Game, int Cohort), CohortMemories> _memories = [];

    /// <summary>Keeps what a cohort's clients remember after an episode.</summary>
    public void Keep(CohortOutcomes outcomes)
    {
        var key = (outcomes.Game, outcomes.Cohort);
        if (outcomes.Episode + 1 < plan.Game(outcomes.Game).Episodes)
        {
            _memories[key] = new CohortMemories(outcomes.Game, outcomes.Cohort, outcomes.Episode + 1, outcomes.Memories);
        }
        else
        {
            _memories.Remove(key);
        }
    }

    /// <summary>What an episode begins with; null where that is not known (yet).</summary>
    public CohortMemories? Find(DescribeMemories describe) =>
        _memories.TryGetValue((describe.Game, describe.Cohort), out var memories) && memories.Episode == describe.Episode ? memories : null;
}
