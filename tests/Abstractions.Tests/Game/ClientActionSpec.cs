namespace FLCrowd.Abstractions.Tests.Game;

public class ClientActionSpec
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 100, 1)]
    [InlineData(0.5, 50, 1e6)]
    public void Accepts_what_a_client_can_do(double effort, int batchSize, double gamma) =>
        Assert.Equal(new ClientAction(effort, batchSize, gamma), new ClientAction(effort, batchSize, gamma).Validated(maxBatchSize: 100));

    [Theory]
    [InlineData(-0.1, 1, 1, "effort -0.1 is not between 0 and 1")]
    [InlineData(1.01, 1, 1, "effort 1.01 is not between 0 and 1")]
    [InlineData(double.NaN, 1, 1, "effort NaN is not between 0 and 1")]
    [InlineData(1, 0, 1, "batch size 0 is not between 1 and 100")]
    [InlineData(1, 101, 1, "batch size 101 is not between 1 and 100")]
    [InlineData(1, 1, -1, "gamma -1 is not a finite number of at least 0")]
    [InlineData(1, 1, double.NaN, "gamma NaN is not a finite number of at least 0")]
    [InlineData(1, 1, double.PositiveInfinity, "gamma Infinity is not a finite number of at least 0")]
    public void Refuses_what_no_client_can_do(double effort, int batchSize, double gamma, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<InvalidActionException>(() => new ClientAction(effort, batchSize, gamma).Validated(maxBatchSize: 100)).Message);

    [Fact]
    public void The_assigned_action_does_what_is_asked() => Assert.Equal(
        new ClientAction(0.5, 60, 1.5), new Assignment(0.5, 60, 1.5, new RewardTerms(25, 0)).AsAction);
}
