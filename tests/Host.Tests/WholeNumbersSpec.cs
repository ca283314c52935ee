using FLCrowd.Host.Commands;

namespace FLCrowd.Host.Tests;

/// <summary>Wherever a whole number is asked for, <c>1e2</c>, <c>1.0e2</c> and <c>100</c> are the same one.</summary>
public class WholeNumbersSpec
{
    private static readonly string[] Ways = ["200", "2e2", "2.0e2", "200.0"];

    [Fact]
    public void Settings_options_and_entries_of_clients_read_them()
    {
        foreach (var way in Ways)
        {
            var run = Configured.Run(
                $"learning.rounds={way}", $"data.clients={way}", $"seed={way}", $"data.samples-per-client={way}", $"game.assignment={way}",
                $"clients=[{{ strategy = truthful, count = {way} }}]", $"execution.threads={way}");
            var game = run.Plan.Games[0];
            Assert.Equal((200, 200, 200UL), (game.Learning.Protocol.Rounds, game.Crowd.Clients, game.Seed));
            Assert.Equal(200, run.Process.Threads);
            ulong[] seeds = [200, 300];
            Assert.Equal(
                seeds,
                Configured.Run("experiment.kind=sweep", $"experiment.seeds=[{way}, 3e2]").Plan.Games.Select(game => game.Seed));
            Assert.Null(CommandLine.Problem("run", "quickstart", "--threads", way, "--seed", way));
        }
    }

    [Fact]
    public void Clients_may_be_named_by_them()
    {
        var groups = Configured.Run(
            "data.clients=30", "clients=[{ strategy = free-rider, ids = [0, 1e1, 2.0e1-20] }, { strategy = truthful, share = 1 }]")
            .Plan.Games[0].Crowd.Groups;
        int[] expected = [0, 10, 20];
        Assert.Equal(expected, groups[0].Members.Select(range => range.First));
    }

    [Theory]
    [InlineData("learning.rounds", "1.5", "learning.rounds: is 1.5; must be a whole number of at least 1")]
    [InlineData("learning.rounds", "3e9", "learning.rounds: is 3e9; must be a whole number of at least 1")]
    [InlineData("learning.rounds", "1e-1", "learning.rounds: is 1e-1; must be a whole number of at least 1")]
    [InlineData("seed", "0.5", "seed: is 0.5; must be a whole number of at least 0")]
    [InlineData("seed", "1e20", "seed: is 1e20; must be a whole number of at least 0")]
    [InlineData("seed", "-1", "seed: is -1; must be a whole number of at least 0")]
    public void Fractions_and_what_does_not_fit_are_refused(string path, string value, string message) =>
        Assert.StartsWith(message, Configured.Error($"{path}={value}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--threads", "1.5", "--threads: is '1.5'; must be a whole number from 1 to 1024")]
    [InlineData("--threads", "1e10", "--threads: is '1e10'; must be a whole number from 1 to 1024")]
    [InlineData("--seed", "1.5", "--seed: is '1.5'; must be a whole number of at least 0")]
    public void So_they_are_on_the_command_line(string option, string value, string message) =>
        Assert.Equal(message, CommandLine.Problem("run", "quickstart", option, value));
}
