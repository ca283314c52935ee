using Akka.Actor;
using Akka.TestKit.Xunit;
using FLCrowd.Actors.Learning;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Tests.Fakes;

namespace FLCrowd.Actors.Tests.Learning;

public class GameHostSpec() : TestKit("akka { loglevel = OFF, stdout-loglevel = OFF }")
{
    [Fact]
    public async Task A_game_is_asked_for_until_it_is_described()
    {
        var (catalog, experiment) = (new FakePlugins().Catalog, CreateTestProbe());
        var host = Sys.ActorOf(Props.Create(() => new GameHost(catalog, TimeSpan.FromMilliseconds(50))));
        host.Tell(new OpenGame(0, experiment), TestActor);
        for (int asked = 0; asked < 3; asked++)
        {
            Assert.Equal(new DescribeGame(0), await experiment.NextAsync<DescribeGame>());
        }

        host.Tell(new GameDescription(Games.Of(("truthful", 3))), experiment);
        Assert.Equal(3, (await this.NextAsync<GameOpened>()).Game.Layout.Clients);
    }
}
