using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>What of the clients' data is drawn from a game's seed, or known once its partition is, and what counts it.</summary>
/// <param name="Sizes">How many samples clients hold.</param>
/// <param name="Skill">How likely their careful labels are right.</param>
/// <param name="WeightsBySamples">Whether aggregation weights are proportional to n_i (<c>learning.weights</c>).</param>
/// <param name="LabelingPerSample">Whether labeling costs are per sample (<c>game.labeling-cost-per</c>).</param>
public sealed record ClientData(SampleSizes Sizes, SkillLevels Skill, bool WeightsBySamples, bool LabelingPerSample)
{
    /// <summary>What is learned and who plays in the game of a seed.</summary>
    /// <exception cref="SettingException">There are no such sizes.</exception>
    public (LearningDefinition Learning, CrowdDefinition Crowd) Of(
        LearningDefinition learning, CrowdDefinition crowd, Seed seed, PluginCatalog catalog)
    {
        var counts = Sizes.Of(crowd.Clients, seed, () => catalog.CreatePartition(new PartitionSetup
        {
            Data = catalog.CreateDataSet(learning.DataSet),
            Settings = learning.Partition,
            Clients = crowd.Clients,
            Seed = seed.For("deal"),
        }));
        int most = counts.Max();
        bool alike = counts.All(count => count == most);
        var labels = (learning.Labels ?? new LabelSettings()) with { Skill = Skill.Of(crowd.Clients, seed) };
        bool inWeights = WeightsBySamples && !alike;
        return (
            learning with
            {
                Partition = learning.Partition with { SamplesPerClient = most, SampleCounts = alike ? null : new ValueList<int>(counts) },
                Labels = labels is { CareIsTrue: true, Careless: LabelSource.Uniform } ? null : labels,
            },
            crowd with
            {
                Sizes = inWeights || LabelingPerSample
                    ? new CrowdSizes(alike ? [most] : [.. counts], inWeights, LabelingPerSample)
                    : null,
            });
    }
}
