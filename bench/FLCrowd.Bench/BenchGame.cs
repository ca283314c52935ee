namespace FLCrowd.Bench;

/// <summary>A game to measure: truthful clients with samples of MNIST, heterogeneity 0.4, one local step.</summary>
internal sealed record BenchGame(PluginChoice Model, int Clients, int BatchSize, double StepSize, int Rounds, ulong Seed)
{
    /// <summary>The samples that a client holds.</summary>
    public int SamplesPerClient { get; init; } = 1000;

    public PartitionSettings Partition => new()
    {
        Choice = new PluginChoice("last-digit", "{}", "data.last-digit"),
        SamplesPerClient = SamplesPerClient,
        Heterogeneity = 0.4,
        Concentration = 1,
    };

    public TrainingProtocol Protocol => new() { Rounds = Rounds, LocalSteps = 1, StepSize = StepSize };

    public Seed RootSeed => new Seed(Seed).For("game");

    public ILearningModel CreateModel(PluginCatalog catalog, DataSet data)
    {
        var setup = new LearningSetup(() => data, catalog.CreatePartition)
        {
            Seed = RootSeed,
            Weights = [.. Enumerable.Repeat(1.0 / Clients, Clients)],
            Partition = Partition,
        };
        return catalog.CreateModel(Model, setup);
    }
}
