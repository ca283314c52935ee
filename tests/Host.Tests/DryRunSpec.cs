using System.Text.Json;
using FLCrowd.Experiments.Runs;

namespace FLCrowd.Host.Tests;

public sealed class DryRunSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(6, 12, 12 * 5 * 4, false, "experiment={ kind = sweep, seeds = 6, episodes = 2 }")]
    [InlineData(
        41 * 4, 41 * 4, 41 * 4 * 5 * 4, true,
        "experiment={ kind = regret, regret { reports = none, replicates = 4, max-replicates = 8 } }")]
    [InlineData(1, 3, 3 * 5 * 4, true, "experiment={ kind = dynamics, episodes = 3 }")]
    [InlineData(5, 5, 5 * 5 * 4, false,
        "experiment={ kind = population, population.strategies { a { strategy = truthful }, b { strategy = free-rider } } }")]
    public async Task Games_episodes_and_updates_are_those_of_the_run(int games, int episodes, int updates, bool isLeast, string experiment)
    {
        var run = Configured.Run("data.clients=4", "learning.rounds=5", "execution.threads=2", experiment);
        var forecast = await Rehearsal.OfAsync(run, Configured.Catalog, TestContext.Current.CancellationToken);
        Assert.Equal(
            (games, episodes, updates, isLeast),
            ((int)forecast.Games, (int)forecast.Episodes, (int)forecast.ClientUpdates, forecast.IsLeast));
        Assert.InRange(forecast.Seconds!.Value, 1e-6, 60);
        Assert.Equal(forecast.MemoryBytes, forecast.Memory.Values.Sum());
        Assert.InRange(forecast.MemoryAvailable, forecast.MemoryBytes, double.PositiveInfinity);
        Assert.Null(forecast.Before);
    }

    [Fact]
    public async Task Memory_is_what_data_samples_labels_and_models_take()
    {
        var run = Configured.Run(
            "learning.model=softmax", "learning.aggregator=median", "data.clients=4", "data.samples-per-client=500", "execution.threads=1",
            "learning.rounds=2", "learning.step-size=tuned");
        var memory = await Rehearsal.OfAsync(run, Configured.Catalog, TestContext.Current.CancellationToken);
        Assert.Equal(70_000.0 * 784, memory.Memory["data"]);
        Assert.Equal(4 * 500 * 5, memory.Memory["samples and labels"]);
        Assert.InRange(memory.Memory["models"], 7850 * 4 * 4, 7850 * 4 * 40);
        Assert.Equal("the step size is tuned, by games that are not counted here", memory.Before);
    }

    [Fact]
    public async Task It_plays_nothing_and_writes_nothing()
    {
        File.WriteAllText(_folder.In("both.conf"), "flcrowd.experiment { kind = collection, experiments = [\"one.conf\", \"two.conf\"] }");
        File.WriteAllText(_folder.In("one.conf"), "flcrowd { learning { model = quadratic, rounds = 3 } }");
        File.WriteAllText(_folder.In("two.conf"), "include \"one.conf\", flcrowd.experiment { kind = sweep, seeds = 2 }");
        var json = await FlcrowdProcess.RunAsync(_folder.Path, "run", "both.conf", "--dry-run", "--json");
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        var forecast = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal((3, 90), (forecast.GetProperty("games").GetInt32(), forecast.GetProperty("client_updates").GetInt32()));
        Assert.Equal(
            ["one", "two"], forecast.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("experiment").GetString()));

        var people = await FlcrowdProcess.RunAsync(_folder.Path, "run", "two.conf", "--dry-run");
        Assert.StartsWith("two: 2 games, 2 episodes, 60 client updates\n  time: about ", people.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["both.conf", "one.conf", "two.conf"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }
}
