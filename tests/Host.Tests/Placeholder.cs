namespace FLCrowd.Host.Tests;

public class Placeholder
{
    [Fact]
    public void Zero_is_a_seed_like_any_other() => Assert.NotEqual(new Seed(0).Bits(0), new Seed(1).Bits(0));
}
