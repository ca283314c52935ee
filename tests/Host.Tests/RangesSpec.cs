using FLCrowd.Analysis.Dynamics;
using FLCrowd.Experiments.Games;

namespace FLCrowd.Host.Tests;

/// <summary>What is in range alone, and too large, too small or too much with others: refused before anything is played.</summary>
public class RangesSpec
{
    private const string Size = " and of a size from 1E-60 to 1E+60";

    [Theory]
    [InlineData("game.money-per-loss=1e300", "game.money-per-loss: is 1e300; must be a number of above 0" + Size)]
    [InlineData("game.money-per-loss=1e400", "game.money-per-loss: is 1e400; must be a number of above 0" + Size)]
    [InlineData("game.floor=-1e300", "game.floor: is -1e300; must be a number" + Size + ", or none")]
    [InlineData("game.labeling-cost=1e-300",
        "game.labeling-cost: is 1e-300; must be a number of at least 0" + Size + ", or a list of such")]
    [InlineData("game.labeling-cost=[1, 2, 3, 4, 5, 6, 7, 8, 9, 1e61]",
        "game.labeling-cost: is [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e61]; must be a number of at least 0" + Size)]
    [InlineData("learning.step-size=1e300", "learning.step-size: is 1e300; must be a number of above 0" + Size + ", or tuned")]
    [InlineData("learning.tuning.to=1e300", "learning.tuning.to: is 1e300; must be a number of above 0" + Size)]
    [InlineData("data.concentration=1.7976931348623157e308",
        "data.concentration: is 1.7976931348623157e308; must be a number of above 0" + Size)]
    [InlineData("data.concentration=5e-324", "data.concentration: is 5e-324; must be a number of above 0" + Size)]
    [InlineData("experiment.population.intensities=[1, 1e308]",
        "experiment.population.intensities: is [1, 1e308]; must be a number of above 0" + Size)]
    [InlineData("game.flat.amount=1.7976931348623157e308",
        "game.flat.amount: is '1.7976931348623157e308'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("game.influence.scale=1e300", "game.influence.scale: is '1e300'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("learning.quadratic.noise=1e300", "learning.quadratic.noise: is '1e300'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("learning.quadratic.curvature=[1e300]",
        "learning.quadratic.curvature[0]: is '1e300'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("clients=[{ strategy = truthful, share = 1, weight = 1e308 }]",
        "clients[0].weight: is 1e308; must be a number of above 0" + Size)]
    [InlineData("clients=[{ strategy = misreport, share = 1, gamma = 1e308 }]",
        "clients[0].gamma: is '1e308'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("experiment.population.population-size=2147483647",
        "experiment.population.population-size: is 2147483647; must be a whole number of at least 2 and at most 1000000")]
    public void Numbers_have_a_size_that_their_products_and_powers_can_be_computed_of(string setting, string message) =>
        Assert.StartsWith(message, Configured.Error(setting), StringComparison.Ordinal);

    [Fact]
    public void A_client_is_not_too_light_to_be_in_the_sum() => Assert.Equal(
        "clients[1].weight: is 1E-40, and the weights of all clients add up to 9; must be at least 1E-30 of that",
        Configured.Error("clients=[{ strategy = truthful, count = 9 }, { strategy = truthful, count = 1, weight = 1e-40 }]"));

    [Fact]
    public void Weights_of_any_size_are_shares_of_their_sum() => Assert.Equal(
        Configured.Run("clients=[{ strategy = truthful, count = 9 }, { strategy = truthful, count = 1, weight = 3 }]")
            .Plan.Games[0].Crowd.Groups.Select(group => group.Weight * 1e59),
        Configured.Run("clients=[{ strategy = truthful, count = 9, weight = 1e59 }, { strategy = truthful, count = 1, weight = 3e59 }]")
            .Plan.Games[0].Crowd.Groups.Select(group => group.Weight));

    [Fact]
    public void Seeds_do_not_begin_again_at_0()
    {
        string[] sweep = ["seed=18446744073709551613", "experiment.kind=sweep"];
        Assert.Equal(
            [18446744073709551613, 18446744073709551614, 18446744073709551615],
            Configured.Run([.. sweep, "experiment.seeds=3"]).Plan.Games.Select(game => game.Seed));
        Assert.Equal(
            "experiment.seeds: is 4, but the seeds from 18446744073709551613 to the last one, 18446744073709551615, are 3; "
            + "use a smaller seed",
            Configured.Error([.. sweep, "experiment.seeds=4"]));
    }

    [Fact]
    public void Rounds_of_an_episode_and_its_replays_can_be_counted()
    {
        Assert.Equal(
            "learning.rounds: is 200000000, and the mechanism 'leave-one-out' repeats an episode 10 times: 2200000000 rounds; "
            + "must be at most 195225786",
            Configured.Error("game.mechanism=leave-one-out", "learning.rounds=200000000"));
        Assert.Single(Configured.Run("game.mechanism=leave-one-out", "learning.rounds=195225786").Plan.Games);
    }

    [Theory]
    [InlineData("data.clients=1100",
        "data.clients: is 1100; the payoffs of mixtures of 2 strategies are computed for at most 1025 clients")]
    [InlineData("experiment.population.strategies={ \"a\\nb\" { strategy = truthful } }",
        "experiment.population.strategies: has a name with the character U+000A in it: 'a?b'; names are text of one line")]
    [InlineData("experiment.population.strategies={ \" \" { strategy = truthful } }",
        "experiment.population.strategies: has an empty name")]
    [InlineData("experiment.population.strategies={ \"end\\\\\" { strategy = truthful } }",
        "experiment.population.strategies.\"end\\\\\": stands for 'end\\' in a file for Gambit, which cannot read it")]
    [InlineData("experiment.population.strategies={ \"two\\\\\\\\in\" { strategy = truthful } }",
        "experiment.population.strategies.\"two\\\\\\\\in\": stands for 'two\\\\in' in a file for Gambit")]
    [InlineData("experiment.variants={ \"end\\\\\" {} }",
        "experiment.population.nfg-profiles: stands for 'FLCrowd, end\\' in a file for Gambit, which cannot read it")]
    public void A_population_is_one_that_can_be_analysed_and_written(string setting, string message) => Assert.StartsWith(
        message,
        Configured.Error("data.clients=3", "experiment.kind=population", "experiment.population.max-profiles=5000",
            "experiment.population.strategies={ one { strategy = truthful }, two { strategy = free-rider } }", setting),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("experiment.population.nfg-profiles=0", "end\\\\")]
    [InlineData("experiment.population.nfg-profiles=100", "label\\\\train")]
    [InlineData("experiment.population.nfg-profiles=100", "Zürich, 東京 😀")]
    public void Names_that_can_be_written_are_kept(string profiles, string name) => Assert.NotNull(
        Configured.Run("data.clients=3", "experiment.kind=population", profiles,
            $"experiment.population.strategies={{ \"{name}\" {{ strategy = truthful }}, two {{ strategy = free-rider }} }}").Population);

    [Theory]
    [InlineData("experiment.variants={ \"a\\u0007\" {} }",
        "experiment.variants: has a name with the character U+0007 in it: 'a?'; names are text of one line")]
    [InlineData("experiment.axes={ \"a\\tb\" { x {} } }",
        "experiment.axes: has a name with the character U+0009 in it: 'a?b'; names are text of one line")]
    [InlineData("experiment.axes={ a { \"x\\ud800\" {} } }",
        "experiment.axes.a: has a name with the character U+D800 in it: 'x?'; names are text of one line")]
    public void A_name_is_one_line_of_text(string setting, string message) =>
        Assert.Equal(message, Configured.Error("experiment.kind=sweep", setting));

    [Fact]
    public void Exact_payoffs_of_a_profile_that_diverges_are_none()
    {
        string[] exact = ["data.clients=2", "experiment.kind=dynamics", "experiment.dynamics={ method = best-response, payoffs = exact }"];
        var diverging = Configured.Run([.. exact, "learning.step-size=1e50"]).Plan.Games[0];
        Assert.Matches(
            "^experiment.dynamics.payoffs: is exact, but the expected loss is .* where all do as they are asked "
            + "\\(a smaller learning.step-size may help\\); must be played$",
            Assert.Throws<SettingException>(() => ExactPayoffs.Of(diverging, Configured.Catalog)).Message);

        using var payoffs = ExactPayoffs.Of(Configured.Run([.. exact, "learning.step-size=0.1"]).Plan.Games[0], Configured.Catalog);
        var asked = new Profile([payoffs.Assigned(0), payoffs.Assigned(1)]);
        Assert.InRange(payoffs.OfPlayed(0, asked), -1000, 1000);
        var wild = asked.With(1, asked.Actions[1] with { Gamma = 1e60 });
        Assert.Equal(double.NegativeInfinity, payoffs.Of(0, wild));
        Assert.Matches("where client 0 responds", Assert.Throws<SettingException>(() => payoffs.OfPlayed(0, wild)).Message);
    }

    /// <summary>The option is set where the selection of clients has a share, too.</summary>
    [Fact]
    public void A_share_of_labels_is_flipped_by_a_share_of_the_clients()
    {
        var groups = Configured.Run(
            "clients=[{ strategy = label-flip, share = 0.3, flip-share = 0.5 }, { strategy = truthful, share = 0.7 }]")
            .Plan.Games[0].Crowd.Groups;
        Assert.Equal(("""{"flip-share":"0.5"}""", 3), (groups[0].Strategy.Options, groups[0].Members.Sum(range => range.Count)));
        Assert.EndsWith(
            "clients[0].strategies[0].share: is called flip-share now",
            Configured.Error("clients=[{ strategy = mixed, share = 1, strategies = [{ strategy = label-flip, share = 0.5 }] }]"),
            StringComparison.Ordinal);
    }
}
