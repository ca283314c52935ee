using FsCheck;
using FsCheck.Xunit;

namespace FLCrowd.Abstractions.Tests.Game;

public class BehaviorSpec
{
    [Property]
    public bool What_an_action_is_relative_to_an_assignment_is_that_action_there(PositiveInt batchSize, PositiveInt asked)
    {
        var (action, assignment) = (new ClientAction(0.25, batchSize.Get, 1.5), Asked(asked.Get));
        return Behavior.Of(action, assignment).In(assignment, batchSize.Get) == action;
    }

    [Theory]
    [InlineData(0.5, 60, 30)]
    [InlineData(2, 60, 120)]
    [InlineData(0.51, 50, 26)]
    [InlineData(0.001, 60, 1)]
    [InlineData(10, 60, 200)]
    public void A_batch_is_a_multiple_of_the_assigned_one_in_whole_samples_that_the_client_can_draw(
        double factor, int asked, int batchSize) =>
        Assert.Equal(new ClientAction(0.5, batchSize, 2), new Behavior(0.5, factor, 2).In(Asked(asked), maxBatchSize: 200));

    private static Assignment Asked(int batchSize) => new(1, batchSize, 1, new RewardTerms(25, 0));
}
