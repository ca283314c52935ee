using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;

namespace FLCrowd.Host.Tests;

/// <summary>A configuration, played as the program plays it: surrogates are made, then the games, all by the real actors.</summary>
/// <param name="Plan">What was played, surrogates included.</param>
/// <param name="Episodes">What came out.</param>
/// <param name="Warnings">What the user was told before.</param>
internal sealed record Played(ExperimentPlan Plan, IReadOnlyList<RecordedEpisode> Episodes, IReadOnlyList<string> Warnings)
{
    public static Task<Played> FileAsync(string file, params string[] settings) => FileAsync(Configured.Catalog, file, settings);

    public static Task<Played> FileAsync(PluginCatalog catalog, string file, params string[] settings) =>
        PlanAsync(catalog, Configured.File(catalog, file, null, settings).Plan);

    public static async Task<Played> PlanAsync(PluginCatalog catalog, ExperimentPlan games, int threads = 2)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var node = await LocalNode.StartAsync(catalog, threads);
        var warnings = new List<string>();
        var plan = await new SurrogatePreparation(
            catalog, node.System, ConstantsCache.Open("off"), parallelGames: threads, warnings.Add, cancel)
            .PrepareAsync(games);
        var sink = new Sink();
        var result = await ExperimentRunner.RunAsync(node.System, plan, sink, parallelGames: threads, null, cancel);
        Assert.Equal((ExperimentStatus.Completed, null), (result.Status, result.Failure));
        return new Played(plan, sink.Episodes, warnings);
    }

    private sealed class Sink : IEpisodeSink
    {
        public List<RecordedEpisode> Episodes { get; } = [];

        public void Write(RecordedEpisode episode) => Episodes.Add(episode with { Clients = [.. episode.Clients] });

        public void Dispose()
        {
        }
    }
}
