using Akka.Actor;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Playing;

public class LossyNetworkSpec
{
    /// <summary>Cohorts of one client: 20 messages a round, of which more than ten are disturbed on average.</summary>
    [Theory]
    [InlineData(1, "mean", 1)]
    [InlineData(2, "mean", 3)]
    [InlineData(3, "chained", 1)]
    [InlineData(4, "chained", 3)]
    public async Task Lost_doubled_and_late_messages_change_no_bit(ulong seed, string aggregator, int cohortSize)
    {
        var (game, disturbances) = (MovingGames.Of(aggregator, cohortSize), new Disturbances());
        string undisturbed = await MovingGames.UndisturbedAsync(game);
        var (result, text) = await MovingGames.DisturbedAsync(
            game,
            (system, region) => system.ActorOf(Props.Create(() => new LossyNetwork(new Seed(seed), region, disturbances))));

        Assert.Equal(undisturbed, text);
        Assert.True(disturbances is { Lost: > 0, Doubled: > 0, Held: > 0 });
        Assert.True(result.DroppedMessages > 0);
        if (cohortSize == 1)
        {
            int rounds = MovingGames.Episodes * 3 * 3;
            Assert.True(disturbances.Lost + disturbances.Doubled + disturbances.Held >= 10 * rounds);
        }
    }
}
