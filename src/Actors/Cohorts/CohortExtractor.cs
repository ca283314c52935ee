using Akka.Cluster.Sharding;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>Finds the cohort that a message is for. The same extractor serves one process and a sharded cluster.</summary>
public sealed class CohortExtractor(int maxNumberOfShards = 100) : HashCodeMessageExtractor(maxNumberOfShards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => message is IToCohort cohort
        ? $"{cohort.Run}-{cohort.Game}-{cohort.Cohort}"
        : null;
}
