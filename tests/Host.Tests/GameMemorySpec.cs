namespace FLCrowd.Host.Tests;

/// <summary>What takes more memory than there is is refused with the figure, before anything is allocated.</summary>
public class GameMemorySpec
{
    [Theory]
    [InlineData("data.clients: is 2000000000: their actors and strategies take 8,000.0 GB of memory; ", "data.clients=2000000000")]
    [InlineData("data.samples-per-client: is 100000000: with 10000 clients, samples and labels take 5,000.0 GB of memory; ",
        "learning.model=softmax", "data.clients=10000", "data.samples-per-client=100000000")]
    [InlineData("learning.quadratic.dimension: is 1048576: with 1000000 clients, their optima take 8,388.6 GB of memory; ",
        "data.clients=1000000", "learning.quadratic.dimension=1048576")]
    [InlineData("learning.model: is mlp, whose models with 100000 clients take 20,8",
        "learning={ model = mlp, mlp.hidden = 65536, aggregator = median }", "data.clients=100000")]
    public void It_is_refused_with_what_it_would_take_and_what_there_is(string message, params string[] settings)
    {
        long before = GC.GetTotalAllocatedBytes();
        var error = Configured.Error(settings);
        Assert.StartsWith(message, error, StringComparison.Ordinal);
        Assert.Matches(@" take [\d,.]+ GB of memory; [\d,.]+ GB are available$", error);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 500_000_000);
    }

    [Theory]
    [InlineData("game.assignment: asks for mini-batches that take 90.0 GB of memory; ",
        "learning.model=softmax", "game.assignment=2000000000")]
    [InlineData("learning.rounds: is 2147483647: with execution.evaluate-every 1, the tests of an episode take 274.9 GB of memory; ",
        "learning.rounds=2147483647", "execution.evaluate-every=1")]
    public void So_is_what_only_large_machines_hold(string message, params string[] settings)
    {
        Assert.SkipUnless(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 90e9, "this machine holds it");
        Assert.StartsWith(message, Configured.Error(settings), StringComparison.Ordinal);
    }
}
