using FLCrowd.Strategies.Clients.Learning;

namespace FLCrowd.Strategies.Tests.Clients.Learning;

/// <summary>What is tried, and when it is not.</summary>
public class ExperienceMovesSpec
{
    private const double OneSample = 1.0 / 60;

    private static readonly Assignment Asked = Game.View().Assignment;

    private static readonly Behavior Current = new(0.25, 0.5, 1.5);

    [Fact]
    public void Jumps_go_far_whatever_the_current_behavior() => Assert.Equal(
        [new(0, OneSample, 0), new(0, 0.5, 1.5), new(1, 1, 1), new(0.25, OneSample, 1.5), new(0, OneSample, 1.5), new(0, OneSample, 0.05)],
        Enumerable.Range(0, ExperienceMoves.Jumps).Select(jump => ExperienceMoves.Jump(jump, Current, new ExperienceOptions(), Asked)));

    [Fact]
    public void Where_one_sample_is_drawn_already_labels_are_left_out_once()
    {
        var least = Current with { BatchFactor = OneSample };
        Assert.Equal(least, ExperienceMoves.Jump(4, least, new ExperienceOptions(), Asked));
    }

    [Theory]
    [InlineData(0, 1, 0.4, 4, 0.5)]
    [InlineData(0, 2, 0.8, 16, 1)]
    [InlineData(1, 1, 0.2, 2, 0)]
    [InlineData(2, 4, 0.4, 4, 0)]
    [InlineData(1, 16, 3.2, 65536, 0)]
    public void Steps_are_as_long_as_level_and_stride_say_within_what_there_is(
        int level, double stride, double gamma, double factor, double effort) =>
        Assert.Equal(
            [
                Current with { Gamma = 1.5 + gamma },
                Current with { Gamma = gamma < 1.5 ? 1.5 - gamma : 0 },
                Current with { BatchFactor = factor < 30 ? 0.5 / factor : OneSample },
                Current with { BatchFactor = 0.5 * factor },
                Current with { Effort = effort < 0.25 ? 0.25 - effort : 0 },
                Current with { Effort = effort < 0.75 ? 0.25 + effort : 1 },
            ],
            Enumerable.Range(0, ExperienceMoves.Steps).Select(
                step => Rounded(ExperienceMoves.Step(step, Current, level, stride, new ExperienceOptions(), Asked))),
            (expected, step) => Rounded(expected) == step);

    [Fact]
    public void Rests_are_twice_as_long_each_time_that_nothing_pays_up_to_the_longest()
    {
        const string Options = """{ "belief": "experience", "experience": { "rest": 10, "max-rest": 40, "halvings": 1 } }""";
        var played = Bandit.Play(Game.Strategy("best-response", Options), 0, 400, action => action == Asked.AsAction ? 100 : 0);
        int[] tried = [.. played.Index().Where(entry => entry.Item != Asked.AsAction).Select(entry => entry.Index)];
        int[] rests = [.. tried.Skip(1).Zip(tried, (next, last) => next - last - 1).Where(rest => rest > 3)];
        int[] expected = [10, 20, 40, 40];
        Assert.All(expected.Zip(rests), rest => Assert.InRange(rest.Second, rest.First, rest.First + 2)); // and the halves of two pairs
        Assert.True(rests.Length >= expected.Length);
    }

    private static Behavior Rounded(Behavior behavior) =>
        new(Math.Round(behavior.Effort, 9), Math.Round(behavior.BatchFactor, 9), Math.Round(behavior.Gamma, 9));
}
