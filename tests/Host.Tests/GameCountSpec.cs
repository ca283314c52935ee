namespace FLCrowd.Host.Tests;

/// <summary>What would be too much is refused with its number, before any of it is there.</summary>
public class GameCountSpec
{
    private const string Sweep = "experiment.kind=sweep";

    private static readonly string Thousand = $"[{string.Join(", ", Enumerable.Range(1, 1000))}]";

    [Fact]
    public void A_million_points_of_a_grid_are_counted_and_not_made()
    {
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal(
            "experiment.max-games: is 100,000, but the run has 1,000,000 games (1,000 of game.assignment x 1,000 of learning.local-steps); "
            + "ask for less, or raise it",
            Configured.Error(
                Sweep, $"experiment.grid.\"game.assignment\"={Thousand}", $"experiment.grid.\"learning.local-steps\"={Thousand}"));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 200_000_000);
    }

    [Theory]
    [InlineData("sweep", "experiment.seeds=2000000000", "has 2,000,000,000 games (2,000,000,000 seeds)")]
    [InlineData("sweep", "experiment={ seeds = 2000000000, draws = 2000000000 }",
        "has 4,000,000,000,000,000,000 games (2,000,000,000 seeds x 2,000,000,000 draws)")]
    [InlineData("sweep", "experiment={ axes { a { b {}, c {} }, d { e {}, f {} } }, variants { g {}, h {}, i {} }, seeds = 10000 }",
        "has 120,000 games (3 variants x 2 of a x 2 of d x 10,000 seeds)")]
    [InlineData("population",
        "experiment={ population { max-profiles = 1000000, strategies { a { strategy = truthful }, b { strategy = free-rider } } }, "
        + "draws = 10000 }",
        "has 110,000 games (10,000 draws x 11 divisions of the clients)")]
    [InlineData("regret", "experiment.regret={ reports = none, replicates = 2000000000, max-replicates = 2000000000 }",
        "has 82,000,000,000 games (2,000,000,000 replicates of profiles and deviations)")]
    [InlineData("dynamics", "experiment.regret={ reports = none, replicates = 20000, max-replicates = 20000 }",
        "has 820,000 games (20,000 replicates of profiles and deviations)")]
    public void Games_of_every_kind_are_counted(string kind, string setting, string number) =>
        Assert.StartsWith(
            $"experiment.max-games: is 100,000, but the run {number}",
            Configured.Error($"experiment.kind={kind}", setting), StringComparison.Ordinal);

    [Theory]
    [InlineData("experiment.episodes=2000000000",
        "experiment.episodes: is 2,000,000,000: with 2 games that is 4,000,000,000 episodes; a run has at most 2,147,483,647")]
    [InlineData("learning={ step-size = tuned, tuning.seeds = 1000000 }",
        "learning.tuning: tries 9 step sizes with 1,000,000 seeds, 9,000,000 games; experiment.max-games is 100,000")]
    public void So_are_episodes_and_pilots(string setting, string message) =>
        Assert.Equal(message, Configured.Error(Sweep, "experiment.seeds=2", setting));

    [Fact]
    public void One_deviation_is_not_played_more_often_than_a_run_has_games() => Assert.StartsWith(
        "experiment.regret.max-replicates: is 2,000,000,000: one deviation may be played more often than experiment.max-games allows",
        Configured.Error("experiment.kind=regret", "experiment.regret.max-replicates=2000000000"), StringComparison.Ordinal);

    [Fact]
    public void The_limit_can_be_raised()
    {
        Assert.StartsWith(
            "experiment.max-games: is 5, but the run has 6 games (6 seeds)",
            Configured.Error(Sweep, "experiment.seeds=6", "experiment.max-games=5"), StringComparison.Ordinal);
        Assert.Equal(6, Configured.Run(Sweep, "experiment.seeds=6", "experiment.max-games=6").Plan.Games.Count);
    }

    [Fact]
    public void Trajectories_are_counted_too() => Assert.StartsWith(
        "experiment.population.starts: is 1000000: that is 499,998,500,001 trajectories; must give at most 100,000",
        Configured.Error(
            "experiment.kind=population",
            "experiment.population={ starts = 1000000, strategies { a { strategy = truthful }, b { strategy = free-rider }, "
            + "c { strategy = misreport } } }"),
        StringComparison.Ordinal);
}
