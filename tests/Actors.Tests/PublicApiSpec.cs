using FLCrowd.Tests;

namespace FLCrowd.Actors.Tests;

/// <summary>What others compile against changes on purpose or not at all.</summary>
public class PublicApiSpec
{
    [Fact]
    public void The_public_interface_is_the_accepted_one() => PublicApi.Check(typeof(FLCrowdActors).Assembly);
}
