namespace FLCrowd.Conformance.Tests;

public class StrategyConformanceSpec
{
    [Theory]
    [InlineData("no-effort",
        "actions", "in the game 'flat pay' it chooses an action that does not exist in episode 0: effort NaN is not between 0 and 1")]
    [InlineData("huge-batch",
        "actions", "in the game 'batches of one sample at most' it chooses an action that does not exist in episode 0: batch size 500")]
    [InlineData("throwing", "actions", "in the game 'no pay, no costs' it throws DivideByZeroException: no costs")]
    [InlineData("refusing", "actions", "'broken/refusing' refuses every game")]
    [InlineData(
        "unseeded", "determinism", "in the game 'flat pay' it does not do the same twice with the same seed (episode 0: ClientAction")]
    [InlineData("unseeded",
        "seeds", "FLCrowd.Conformance.Tests.BrokenStrategies+Unseeded.Choose uses Random.Shared, which is not the same in every run")]
    [InlineData("clock", "seeds", "FLCrowd.Conformance.Tests.BrokenStrategies+Clock.Late uses DateTime.UtcNow,")]
    [InlineData("hidden-generator", "seeds", "FLCrowd.Conformance.Tests.BrokenStrategies+HiddenGenerator..ctor uses Random's constructor,")]
    [InlineData("hash", "seeds", "FLCrowd.Conformance.Tests.BrokenStrategies+HashOfTheProcess.Choose uses HashCode.Combine,")]
    [InlineData("cipher", "seeds", "uses RandomNumberGenerator.GetInt32,")]
    [InlineData("hidden-generator", "memory", "it remembers something from one episode to the next but does not implement IStrategyMemory")]
    [InlineData(
        "counting",
        "memory",
        "in the game 'flat pay' it remembers something from one episode to the next but does not implement IStrategyMemory: "
            + "that is lost when the client moves (episode 1: ")]
    [InlineData(
        "forgetful", "memory", "it does something else once its memory was saved and loaded: something is left out of Save or Load")]
    [InlineData("shuffling", "memory", "it saves other bytes the second time")]
    [InlineData(
        "shared-number", "static-state", "FLCrowd.Conformance.Tests.BrokenStrategies+SharedNumber._choices is static and can change")]
    [InlineData(
        "shared-property", "static-state", "FLCrowd.Conformance.Tests.BrokenStrategies+SharedProperty.Last is static and can change")]
    [InlineData("shared-list",
        "static-state", "FLCrowd.Conformance.Tests.BrokenStrategies+SharedList.Seen is static, and playing changes what it holds")]
    [InlineData("odd-labels", "labels", "in the game 'flat pay' it gives sample 19 the label 10; classes are 0 to 9")]
    [InlineData("moody-labels", "labels", "it gives sample 23 another label when it is asked in another order")]
    [InlineData("not-a-number", "reports", "reports Infinity in round 2; every entry must be finite")]
    [InlineData("drifting-reports", "reports", "it reports something else in round 2 when rounds come in another order")]
    [InlineData("slow", "speed", "deciding in the game 'flat pay' takes")]
    public void A_broken_strategy_is_told_which_rule_it_breaks_and_how(string strategy, string rule, string message)
    {
        var kit = new StrategyConformance(new BrokenStrategies(), $"broken/{strategy}") { Budget = TimeSpan.FromMicroseconds(100) };
        var broken = Assert.Throws<ConformanceException>(() => kit.Check(rule));
        Assert.Equal(rule, broken.Rule);
        Assert.Contains(message, broken.Message, StringComparison.Ordinal);
        Assert.Throws<ConformanceException>(kit.Check);
    }

    [Theory]
    [InlineData("constant", true, "seeds: 'broken/constant' chooses the same whatever the seed of its view")]
    [InlineData("coin", false, "seeds: what 'broken/coin' chooses depends on the seed of its view")]
    [InlineData("constant", false, null)]
    [InlineData("coin", true, null)]
    public void Whether_choices_are_drawn_is_checked_where_the_author_says_so(string strategy, bool random, string? message) =>
        Assert.Equal(
        message, Record.Exception(
            () => new StrategyConformance(new BrokenStrategies(), $"broken/{strategy}") { DrawsAtRandom = random }.Check())?.Message);

    [Fact]
    public void An_unknown_rule_lists_the_rules() => Assert.StartsWith(
        "there is no rule 'x'; rules are actions, determinism, seeds, memory, static-state, labels, reports, speed",
        Assert.Throws<ArgumentException>(() => new StrategyConformance(new BrokenStrategies(), "broken/coin").Check("x")).Message,
        StringComparison.Ordinal);
}
