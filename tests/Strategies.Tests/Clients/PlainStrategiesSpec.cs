namespace FLCrowd.Strategies.Tests.Clients;

public class PlainStrategiesSpec
{
    [Theory]
    [InlineData("truthful", "{}", 1, 60, 1)]
    [InlineData("shirk-labeling", "{}", 0, 60, 1)]
    [InlineData("shirk-labeling", """{ "effort": 0.25 }""", 0.25, 60, 1)]
    [InlineData("small-batch", "{}", 1, 12, 1)]
    [InlineData("small-batch", """{ "factor": 0.5 }""", 1, 30, 1)]
    [InlineData("small-batch", """{ "factor": 1e-6 }""", 1, 1, 1)]
    [InlineData("small-batch", """{ "size": 7 }""", 1, 7, 1)]
    [InlineData("misreport", "{}", 1, 60, 2)]
    [InlineData("misreport", """{ "gamma": 0 }""", 1, 60, 0)]
    [InlineData("free-rider", "{}", 0, 1, 0)]
    [InlineData("label-flip", "{}", 1, 60, 1)]
    [InlineData("fixed", "{}", 1, 60, 1)]
    [InlineData("fixed", """{ "batch-factor": 0.5, "gamma": 2 }""", 1, 30, 2)]
    [InlineData("fixed", """{ "batch-size": 7 }""", 1, 7, 1)]
    [InlineData("fixed", """{ "gamma": 2, "otherwise": { "strategy": "free-rider" } }""", 0, 1, 2)]
    [InlineData("fixed", """{ "effort": 0.5, "batch-factor": 0.5, "otherwise": { "strategy": "misreport", "gamma": 3 } }""", 0.5, 30, 3)]
    public void Chooses(string name, string options, double effort, int batchSize, double gamma) =>
        Assert.Equal(new ClientAction(effort, batchSize, gamma), Game.Strategy(name, options).Choose(Game.View()));

    [Theory]
    [InlineData("shirk-labeling", """{ "effort": 1.5 }""", "clients[3].effort: is 1.5; must be at least 0 and at most 1")]
    [InlineData("small-batch", """{ "factor": 0 }""", "clients[3].factor: is 0; must be above 0 and at most 1")]
    [InlineData("small-batch", """{ "size": 0 }""", "clients[3].size: is 0; must be at least 1")]
    [InlineData("small-batch", """{ "factor": 0.5, "size": 3 }""", "clients[3].size: excludes factor; set one of them")]
    [InlineData("misreport", """{ "gamma": -1 }""", "clients[3].gamma: is -1; must be at least 0")]
    [InlineData("fixed", """{ "batch-size": 7, "batch-factor": 2 }""", "clients[3].batch-factor: excludes batch-size; set one of them")]
    [InlineData(
        "fixed", """{ "otherwise": { "strategy": "misreport", "gamma": -1 } }""", "clients[3].otherwise.gamma: is -1; must be at least 0")]
    [InlineData("truthful", """{ "effort": 1 }""", "clients[3].effort: is unknown; 'truthful' has no options")]
    public void Refuses_options_out_of_range(string name, string options, string message) =>
        Assert.Equal(message, Game.SettingError(() => Game.Strategy(name, options)));

    [Fact]
    public void A_size_that_the_client_cannot_draw_is_an_invalid_action() =>
        Assert.Throws<InvalidActionException>(
            () => Game.Strategy("small-batch", """{ "size": 5000 }""").Choose(Game.View()).Validated(maxBatchSize: 1000));
}
