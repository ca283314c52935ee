using Akka.Actor;
using Akka.TestKit.Xunit;

namespace FLCrowd.Actors.Tests;

public class Placeholder : TestKit
{
    [Fact]
    public async Task Kit_works()
    {
        TestActor.Tell("hi");
        await ExpectMsgAsync("hi", cancellationToken: TestContext.Current.CancellationToken);
    }
}
