namespace FLCrowd.Tests.Game;

public class StepScheduleSpec
{
    private static readonly TrainingProtocol Protocol = new() { Rounds = 5, LocalSteps = 1, StepSize = 5 };

    [Theory]
    [InlineData(StepShape.Linear, new[] { 1.0 }, new[] { 5.0, 4, 3, 2, 1 })]
    [InlineData(StepShape.InverseTime, new[] { 1.0 }, new[] { 5.0, 2.5, 5.0 / 3, 1.25, 1 })]
    [InlineData(StepShape.InverseTime, new[] { 0.0 }, new[] { 5.0, 5, 5, 5, 5 })]
    [InlineData(StepShape.Pieces, new double[0], new[] { 5.0, 5, 5, 5, 5 })]
    [InlineData(StepShape.Pieces, new[] { 2.0 }, new[] { 5.0, 5, 5, 2, 2 })]
    [InlineData(StepShape.Pieces, new[] { 4.0, 3, 2, 1 }, new[] { 5.0, 4, 3, 2, 1 })]
    public void A_schedule_says_the_step_size_of_every_round(StepShape shape, double[] values, double[] steps)
    {
        var protocol = Protocol with { Schedule = new StepSchedule { Shape = shape, Values = new ValueList<double>(values) } };
        Assert.Equal(steps, Enumerable.Range(1, 5).Select(protocol.StepSizeAt), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.All(Enumerable.Range(1, 5), round =>
            Assert.Equal(protocol with { StepSize = protocol.StepSizeAt(round), Schedule = null }, protocol.InRound(round)));
        Assert.False(protocol.IsConstant);
    }

    [Fact]
    public void Without_one_all_rounds_are_alike()
    {
        Assert.Equal([5, 5], new[] { 1, 5 }.Select(Protocol.StepSizeAt));
        Assert.Same(Protocol, Protocol.InRound(3));
        Assert.True(Protocol.IsConstant);
        Assert.False((Protocol with { Momentum = 0.1 }).IsConstant);
    }

    [Fact]
    public void A_single_round_is_trained_with_the_first_step() => Assert.Equal(5, (Protocol with
    {
        Rounds = 1,
        Schedule = new StepSchedule { Shape = StepShape.Linear, Values = new ValueList<double>(1) },
    }).StepSizeAt(1));
}
