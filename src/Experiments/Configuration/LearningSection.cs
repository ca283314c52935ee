using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>What is learned: the sections <c>data</c> and <c>learning</c>.</summary>
internal static class LearningSection
{
    /// <param name="data">The section <c>data</c>.</param>
    /// <param name="learning">The section <c>learning</c>.</param>
    /// <param name="game">The section <c>game</c>.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="files">Gets the files that settings are read from.</param>
    /// <returns>What is learned, and how its step size is found; null where it is given; and what every game draws of it.</returns>
    public static (LearningDefinition Learning, StepSizeTuning? Tuning, ClientData Clients) Read(
        Section data, Section learning, Section game, int clients, PluginCatalog catalog, ICollection<DataFile> files)
    {
        double? stepSize = learning.NumberOr("step-size", Bounds.Above(0), StepSizeTuning.Word);
        var tuning = StepSizeTuning.Read(learning.Sub("tuning"));
        var sizes = SampleSizes.Read(data, clients);
        var (labels, skill) = LabelsSection.Read(data.Sub("labels"), clients, files);
        return (
            Read(data, learning, game, catalog, stepSize ?? tuning.Middle, files) with { Labels = labels },
            stepSize is null ? tuning : null,
            new ClientData(
                sizes,
                skill,
                learning.OneOf("weights", ["entries", "samples"], name => name) == "samples",
                game.OneOf("labeling-cost-per", ["client", "sample"], name => name) == "sample"));
    }

    private static LearningDefinition Read(
        Section data, Section learning, Section game, PluginCatalog catalog, double stepSize, ICollection<DataFile> files) => new(
        data.Plugin("set", PluginKind.DataSet, catalog),
        new PartitionSettings
        {
            Choice = data.Plugin("partition", PluginKind.Partition, catalog),
            SamplesPerClient = 0, // until the game's seed is known (ClientData)
            Heterogeneity = data.Number("heterogeneity", Bounds.Between(0, 1)),
            Concentration = data.Number("concentration", Bounds.Above(0)),
        },
        learning.Plugin("model", PluginKind.Model, catalog),
        learning.Plugin("aggregator", PluginKind.Aggregator, catalog),
        new TrainingProtocol
        {
            Rounds = learning.Whole("rounds", 1),
            LocalSteps = learning.Whole("local-steps", 1),
            StepSize = stepSize,
            Replacement = data.Flag("replacement"),
            CostBasis = game.Word<CostBasis>("cost-per"),
        },
        Participation: ParticipationSection.Read(
            learning.Sub("participation"),
            data.Whole("clients", 1),
            catalog.CreateAggregator(learning.Plugin("aggregator", PluginKind.Aggregator, catalog)) is ILinearAggregator,
            files));
}
