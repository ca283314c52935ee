using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests.Terminal;

/// <summary>Progress, whatever the width.</summary>
public sealed class ProgressTextSpec
{
    private static readonly ExperimentPlan Plan = Configured.File(
        "flcrowd { learning { model = quadratic, step-size = 0.1, rounds = 40 } }", null).Plan;

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(32)]
    [InlineData(52)]
    [InlineData(92)]
    [InlineData(1000)]
    public void Progress_fits_one_line(int width)
    {
        var text = At(width);
        Assert.True(text.Length <= width, text);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void What_is_left_is_said_longest()
    {
        Assert.Equal("30.0 s left", At(12));
        Assert.Equal("10 of 40 rounds, 0 of 1 episodes, 10 updates/s, 30.0 s left, 3 workers, 1 cohorts a game", At(1000));
    }

    private static string At(int width) => ProgressText.Of(
        new ExperimentProgress(10, 0, 100), Plan, TimeSpan.FromSeconds(10), "3 workers", width);
}
