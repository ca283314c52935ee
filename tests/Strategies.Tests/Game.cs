using System.Buffers;

namespace FLCrowd.Strategies.Tests;

/// <summary>A small game to play strategies, mechanisms and aggregators in, made from the catalog as the program makes them.</summary>
internal static class Game
{
    public static readonly TrainingProtocol Protocol = new() { Rounds = 100, LocalSteps = 4, StepSize = 0.5 };

    public static PluginCatalog Catalog { get; } = PluginCatalog.Of(new StrategiesPlugin());

    public static IClientStrategy Strategy(string name, string options = "{}") => Strategy(Catalog, name, options);

    public static IClientStrategy Strategy(PluginCatalog catalog, string name, string options = "{}") =>
        catalog.CreateStrategy(new PluginChoice(name, options, "clients[3]"), client: 7);

    public static IIncentiveMechanism Mechanism(string name, string options = "{}") =>
        Catalog.CreateMechanism(new PluginChoice(name, options, $"game.{name}"));

    public static IAggregator Aggregator(string name, string options = "{}") =>
        Catalog.CreateAggregator(new PluginChoice(name, options, "learning.aggregator"));

    public static ClientView View(int batchSize = 60, int classCount = 10, int episode = 0) => new()
    {
        Client = 7,
        Episode = episode,
        Seed = new Seed(1).For("strategy", episode, 7),
        Assignment = new Assignment(Effort: 1, batchSize, Gamma: 1, new RewardTerms(25, 0)),
        Protocol = Protocol,
        Costs = new ClientCosts(Labeling: 20, Computation: 1e-3),
        Weight = 0.1,
        SampleCount = 1000,
        ClassCount = classCount,
        MaxBatchSize = 1000,
    };

    public static string SettingError(Action action) => Assert.Throws<SettingException>(action).Message;

    public static async Task<string> SettingErrorAsync(Func<Task> action) => (await Assert.ThrowsAsync<SettingException>(action)).Message;

    public static byte[] Save(IClientStrategy strategy)
    {
        var writer = new ArrayBufferWriter<byte>();
        ((IStrategyMemory)strategy).Save(writer);
        return writer.WrittenSpan.ToArray();
    }
}
