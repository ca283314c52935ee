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
        var (stepSize, schedule) = StepSizes(learning);
        var tuning = StepSizeTuning.Read(learning.Sub("tuning"));
        var sizes = SampleSizes.Read(data, clients);
        var (labels, skill) = LabelsSection.Read(data.Sub("labels"), clients, files);
        return (
            Read(data, learning, game, catalog, stepSize ?? tuning.Middle, schedule, files) with { Labels = labels },
            stepSize is null ? tuning : null,
            new ClientData(
                sizes,
                skill,
                learning.OneOf("weights", ["entries", "samples"], name => name) == "samples",
                game.OneOf("labeling-cost-per", ["client", "sample"], name => name) == "sample"));
    }

    private static LearningDefinition Read(
        Section data, Section learning, Section game, PluginCatalog catalog, double stepSize, StepSchedule? schedule,
        ICollection<DataFile> files) => new(
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
            Schedule = schedule,
            Momentum = Momentum(learning),
            Replacement = data.Flag("replacement"),
            CostBasis = game.Word<CostBasis>("cost-per"),
        },
        Participation: ParticipationSection.Read(
            learning.Sub("participation"),
            data.Whole("clients", 1),
            catalog.CreateAggregator(learning.Plugin("aggregator", PluginKind.Aggregator, catalog)) is ILinearAggregator,
            files));

    /// <summary>A number, a schedule, or tuned: null.</summary>
    private static (double? First, StepSchedule? Schedule) StepSizes(Section learning)
    {
        if (!learning.IsBlock("step-size"))
        {
            return (learning.NumberOr("step-size", Bounds.Above(0), StepSizeTuning.Word), null);
        }

        var section = learning.Sub("step-size");
        var shape = section.Word<StepShape>("schedule");
        double first;
        double[] values;
        if (shape == StepShape.Pieces)
        {
            var pieces = section.Numbers("values", Bounds.Above(0));
            (first, values) = (pieces[0], pieces[1..]);
        }
        else
        {
            first = section.Number("first", Bounds.Above(0));
            values = [shape == StepShape.Linear ? section.Number("last", Bounds.Above(0)) : section.Number("decay", Bounds.AtLeast(0))];
        }

        section.Done();
        return (first, new StepSchedule { Shape = shape, Values = new ValueList<double>(values) });
    }

    private static double Momentum(Section learning) => learning.Number("momentum", Bounds.Between(0, 1)) is var momentum && momentum < 1
        ? momentum
        : throw learning.Wrong("momentum", "a number of at least 0 and below 1");
}
