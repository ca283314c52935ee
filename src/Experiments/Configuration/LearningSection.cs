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
        var tuning = StepSizeTuning.Read(learning.Sub("tuning"));
        var (stepSize, schedule, momentum, free) = Steps(learning, tuning.Middle);
        var sizes = SampleSizes.Read(data, clients);
        var (labels, skill) = LabelsSection.Read(data.Sub("labels"), clients, files);
        return (
            Read(data, learning, game, catalog, (stepSize, schedule, momentum), files) with { Labels = labels },
            free == FreeParameters.None ? null : tuning with
            {
                Free = free == FreeParameters.First && schedule is null ? FreeParameters.None : free,
            },
            new ClientData(
                sizes,
                skill,
                learning.OneOf("weights", ["entries", "samples"], name => name) == "samples",
                game.OneOf("labeling-cost-per", ["client", "sample"], name => name) == "sample"));
    }

    private static LearningDefinition Read(
        Section data, Section learning, Section game, PluginCatalog catalog,
        (double StepSize, StepSchedule? Schedule, double Momentum) steps, ICollection<DataFile> files) => new(
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
            StepSize = steps.StepSize,
            Schedule = steps.Schedule,
            Momentum = steps.Momentum,
            Replacement = data.Flag("replacement"),
            CostBasis = game.Word<CostBasis>("cost-per"),
        },
        Participation: ParticipationSection.Read(
            learning.Sub("participation"),
            data.Whole("clients", 1),
            catalog.CreateAggregator(learning.Plugin("aggregator", PluginKind.Aggregator, catalog)) is ILinearAggregator,
            files));

    /// <summary>Step sizes and momentum, and which of them are to be tuned: those have numbers that are none of the user's.</summary>
    private static (double First, StepSchedule? Schedule, double Momentum, FreeParameters Free) Steps(Section learning, double middle)
    {
        var free = FreeParameters.None;
        double first;
        StepSchedule? schedule = null;
        if (learning.IsBlock("step-size"))
        {
            var section = learning.Sub("step-size");
            var shape = section.Word<StepShape>("schedule");
            ValueList<double> values;
            if (shape == StepShape.Pieces)
            {
                var pieces = section.Numbers("values", Bounds.Above(0));
                (first, values) = (pieces[0], new(pieces[1..]));
            }
            else
            {
                first = NumberOrFree(section, "first", Bounds.Above(0), middle, FreeParameters.First);
                values = new([shape == StepShape.Linear
                    ? NumberOrFree(section, "last", Bounds.Above(0), middle, FreeParameters.Shape)
                    : NumberOrFree(section, "decay", Bounds.AtLeast(0), 1, FreeParameters.Shape)]);
            }

            section.Done();
            schedule = new StepSchedule { Shape = shape, Values = values };
        }
        else
        {
            first = NumberOrFree(learning, "step-size", Bounds.Above(0), middle, FreeParameters.First);
        }

        double momentum = NumberOrFree(learning, "momentum", Bounds.Between(0, 1), 0, FreeParameters.Momentum);
        return momentum < 1
            ? (first, schedule, momentum, free)
            : throw learning.Wrong("momentum", $"a number of at least 0 and below 1, or {StepSizeTuning.Word}");

        double NumberOrFree(Section section, string key, Bounds bounds, double standIn, FreeParameters parameter)
        {
            if (section.NumberOr(key, bounds, StepSizeTuning.Word) is { } number)
            {
                return number;
            }

            free |= parameter;
            return standIn;
        }
    }
}
