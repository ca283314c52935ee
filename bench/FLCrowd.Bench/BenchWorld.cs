using System.CommandLine;
using FLCrowd.Model;

namespace FLCrowd.Bench;

/// <summary>The options that all commands share, and the game that they describe.</summary>
internal sealed class BenchWorld
{
    public Option<string> Model { get; } = new("--model") { DefaultValueFactory = _ => "softmax", Description = "Name of the model." };

    public Option<string> Options { get; } = new("--options") { DefaultValueFactory = _ => "{}", Description = "Its options, as JSON." };

    public Option<int> Clients { get; } = new("--clients") { DefaultValueFactory = _ => 1000, Description = "Number of clients N." };

    public Option<int> BatchSize { get; } = new("--batch-size") { DefaultValueFactory = _ => 50, Description = "Batch size D." };

    public Option<double> StepSize { get; } = new("--step-size") { DefaultValueFactory = _ => 0.5, Description = "Step size eta." };

    public Option<int> Rounds { get; } = new("--rounds") { DefaultValueFactory = _ => 10, Description = "Rounds T." };

    public Option<int> Seed { get; } = new("--seed") { DefaultValueFactory = _ => 1, Description = "Seed of all draws." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Model, Options, Clients, BatchSize, StepSize, Rounds, Seed })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The model, over 1000 samples a client of heterogeneity 0.4.</summary>
    public ILearningModel CreateModel(ParseResult parsed)
    {
        var catalog = PluginCatalog.Of(new ModelPlugin());
        int clients = parsed.GetRequiredValue(Clients);
        var setup = new LearningSetup(() => catalog.CreateDataSet(new PluginChoice("mnist")))
        {
            Seed = RootSeed(parsed).For("game"),
            Weights = [.. Enumerable.Repeat(1.0 / clients, clients)],
            Partition = new PartitionSettings(PartitionKind.LastDigit, 1000, 0.4, 1),
        };
        return catalog.CreateModel(
            new PluginChoice(parsed.GetRequiredValue(Model), parsed.GetRequiredValue(Options), "--options"), setup);
    }

    public TrainingProtocol Protocol(ParseResult parsed) => new(
        parsed.GetRequiredValue(Rounds), LocalSteps: 1, parsed.GetRequiredValue(StepSize), Replacement: true, CostBasis.Round);

    public Seed RootSeed(ParseResult parsed) => new((ulong)parsed.GetRequiredValue(Seed));
}
