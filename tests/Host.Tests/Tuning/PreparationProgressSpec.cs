using System.Globalization;
using System.Text.RegularExpressions;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;

namespace FLCrowd.Host.Tests.Tuning;

/// <summary>What is said while a run has not begun to play its games.</summary>
public sealed class PreparationProgressSpec
{
    private readonly List<string> _said = [];

    [Fact]
    public async Task A_tuning_says_how_many_episodes_it_has_played_and_ends_with_all_that_did_not_fail()
    {
        var run = Configured.Run("learning.step-size=tuned", "learning.rounds=20", "experiment.kind=sweep", "experiment.seeds=2");
        await using var node = await LocalNode.StartAsync(Configured.Catalog, 2);
        var (_, tuned, _) = await new StepSizePreparation(
            Configured.Catalog, node.System, 2, TimeProvider.System, TestContext.Current.CancellationToken)
        {
            Progress = new PreparationProgress(_said.Add, new HastyClock(secondsPerLook: 10)),
        }.PrepareAsync(run.Plan, run.Course.Tunings);

        Assert.Equal(2, tuned.Count);
        for (int seed = 0; seed < 2; seed++)
        {
            var counts = Counts($"tuning {seed + 1} of 2");
            Assert.Equal(counts.Order(), counts);
            var optimum = tuned[seed].Optimum;
            Assert.InRange(counts[^1], optimum.Episodes - optimum.Failed.Count * 4, optimum.Episodes);
        }
    }

    [Fact]
    public void Nothing_is_said_more_often_than_every_ten_seconds()
    {
        var progress = new PreparationProgress(_said.Add, new HastyClock(secondsPerLook: 1));
        progress.Begin("the pilot");
        var first = progress.Follow();
        for (int episode = 1; episode <= 15; episode++)
        {
            first(episode);
        }

        var second = progress.Follow();
        for (int episode = 1; episode <= 9; episode++)
        {
            second(episode);
        }

        Assert.Equal(["the pilot: 10 episodes in 10 s so far", "the pilot: 20 episodes in 20 s so far"], _said);
    }

    private List<int> Counts(string what) =>
    [
        .. _said.Select(line => Regex.Match(line, $"^{what}: ([0-9,]+) episodes in [0-9]+ s so far$")).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)),
    ];

    /// <summary>A clock that is later every time that somebody looks.</summary>
    private sealed class HastyClock(int secondsPerLook) : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _seconds, secondsPerLook);
    }
}
