using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>What is known of an episode that is not recorded yet.</summary>
/// <param name="number">Its number within the run.</param>
internal sealed class OpenEpisode(int number)
{
    private readonly SortedDictionary<int, CohortOutcomes> _cohorts = [];

    public int Number => number;

    /// <summary>As the server saw it.</summary>
    public EpisodeResult? Result { get; set; }

    /// <summary>Who is told once it is recorded.</summary>
    public IActorRef Server { get; set; } = ActorRefs.Nobody;

    /// <summary>The whole of it; null as long as something is missing.</summary>
    public JournaledEpisode? Complete =>
        Result is null || _cohorts.Count < Result.Cohorts ? null : new JournaledEpisode(number, Result, [.. _cohorts.Values]);

    /// <returns>False for a cohort that told already.</returns>
    public bool Add(CohortOutcomes cohort) => _cohorts.TryAdd(cohort.Cohort, cohort);
}
