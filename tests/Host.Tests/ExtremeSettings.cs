using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FLCrowd.Host.Tests;

/// <summary>
/// Random settings for worlds that take milliseconds: one or two numbers at the ends of what numbers can be, where all else is usual. Where
/// all is extreme, nothing is played.
/// </summary>
internal static class ExtremeSettings
{
    private const string Given = "game.lceme.surrogate-options";

    private static readonly string[] Usual = ["0.01", "0.5", "0.9"];

    private static readonly string[] Extremes =
    [
        "1e-400", "5e-324", "1e-300", "1e-60", "1e-30", "1e12", "1e30", "1e39", "1e59", "1e60", "1e90", "1e150", "1e160", "1e300",
        "1.7976931348623157e308", "1e400", "-1e60", "-1e160", "NaN",
    ];

    /// <summary>Mechanisms, with their numbers: where <c>{0}</c> stands in a setting, a number does.</summary>
    private static readonly (string Name, string[] Numbers)[] Mechanisms =
    [
        ("flat", ["game.flat.amount={0}"]),
        ("per-sample", ["game.per-sample.rate={0}", "game.per-sample.labeling={0}"]),
        ("lceme",
        [
            $"{Given}.batch-slope=[{{0}}]", $"{Given}.effort-slope=[{{0}}]", $"{Given}.report-curvature=[{{0}}]",
            $"{Given}.truthful-loss={{0}}", "game.lceme.margin={0}", "game.money-per-loss={0}", "game.computation-cost={0}",
        ]),
        ("influence", ["game.influence.scale={0}", "game.influence.base={0}"]),
        ("leave-one-out", ["game.leave-one-out.scale={0}", "game.leave-one-out.base={0}"]),
        ("vcg", ["game.vcg.scale={0}"]),
        ("shapley", ["game.shapley.scale={0}", "game.shapley.tolerance={0}"]),
    ];

    private static readonly string[] Numbers =
    [
        "data.concentration={0}", "learning.step-size={0}", "learning.quadratic.noise={0}", "learning.quadratic.shift={0}",
        "learning.quadratic.centre-deviation={0}", "learning.quadratic.curvature=[{0}]", "game.money-per-loss={0}",
        "game.labeling-cost={0}", "game.computation-cost={0}", "game.computation-cost=[1, {0}, 1]", "game.floor={0}",
        "experiment.revision.inertia={0}",
    ];

    private static readonly string[] Choices =
    [
        "learning.rounds=1", "learning.rounds=5", "learning.local-steps=3", "learning.aggregator=median",
        "learning.aggregator=trimmed-mean", "learning.quadratic.dimension=3", "game.cost-per=local-step", "game.assignment=1",
        "game.assignment=2147483647", "game.assignment=optimal", "game.payoff-basis=bound", "game.lceme.as-printed=true",
        "game.lceme.even=true", "game.influence.every=2147483647", "game.shapley.permutations=2147483647", "experiment.publish-payoffs=on",
        "experiment.revision.turn=2147483647", "experiment.revision.order=random", "execution.cohort-size=1",
        "execution.cohort-size=2147483647", "execution.chunk-size=2147483647", "execution.evaluate-every=2147483647",
        "execution.evaluate-every=1", "execution.on-client-failure=exclude", "execution.on-client-failure=exclude",
        "seed=18446744073709551613", "seed=18446744073709551616",
    ];

    /// <summary>Strategies and what may stand beside them.</summary>
    private static readonly string[] Strategies =
    [
        "strategy = truthful", "strategy = free-rider", "strategy = imitation", "strategy = misreport, gamma = {0}",
        "strategy = shirk-labeling, effort = {0}", "strategy = small-batch, factor = {0}", "strategy = fixed, batch-factor = {0}",
        "strategy = epsilon-greedy, decay = {0}",
        "strategy = mixed, strategies = [{{ strategy = truthful, weight = {0} }}, {{ strategy = free-rider }}]",
        "strategy = regret-matching, mu = {0}", "strategy = regret-matching, gammas = [1, {0}]",
        "strategy = best-response, search = continuous, gammas = [1, {0}]",
        "strategy = best-response, belief = experience, experience {{ tolerance = {0} }}",
    ];

    private static readonly string[] Own = ["weight = {0}", "labeling-cost = {0}", "computation-cost = {0}"];

    /// <summary>A list of settings for the command line.</summary>
    public static Arbitrary<string[]> Arbitrary => Arb.From(
        from mechanism in Gen.Elements(Mechanisms)
        from kind in Gen.Frequency((2, Play), (2, Sweep), (4, Population), (4, Regret))
        from focus in Gen.Frequency((3, Gen.Elements(mechanism.Numbers)), (2, Gen.Elements(Numbers)))
        from extreme in Gen.Elements(Extremes)
        from usual in Some(Gen.Elements(Numbers).SelectMany(Filled(Usual)), 2)
        from choices in Some(Gen.Elements(Choices), 3)
        select (string[])[
            "execution.cache=off", "data.clients=3", "learning.rounds=2", "learning.step-size=0.1", .. Surrogate,
            $"game.mechanism={mechanism.Name}", .. usual, .. choices, .. kind, Filled(focus, extreme)],
        settings => settings.Index().Skip(4 + Surrogate.Length)
            .Select(left => settings.Where((_, index) => index != left.Index).ToArray()));

    /// <summary>One that costs no pilot.</summary>
    private static string[] Surrogate =>
        ["game.lceme.surrogate=given", $"{Given}.batch-slope=[20]", $"{Given}.effort-slope=[0.5]", $"{Given}.truthful-loss=1"];

    /// <summary>A number that is extreme now and then.</summary>
    private static Gen<string> Number => Gen.Frequency((29, Gen.Elements(Usual)), (1, Gen.Elements(Extremes)));

    private static Gen<string[]> Play =>
        from entries in Gen.ArrayOf(Entry, 3)
        from episodes in Gen.Elements("1", "3")
        select (string[])[$"clients=[{string.Join(", ", entries)}]", $"experiment.episodes={episodes}"];

    private static Gen<string[]> Sweep =>
        from play in Play
        from values in Gen.ArrayOf(Number, 2)
        from path in Gen.Elements("game.money-per-loss", "game.labeling-cost", "learning.step-size", "learning.quadratic.noise")
        from seeds in Gen.Elements("1", "2", "3", "4")
        select (string[])[
            .. play, "experiment.kind=sweep",
            $"experiment.grid={{ \"{path}\" = [{string.Join(", ", values)}] }}", $"experiment.seeds={seeds}"];

    private static Gen<string[]> Population =>
        from strategies in Gen.ArrayOf(Strategy, 2)
        from numbers in Gen.ArrayOf(Number, 2)
        from size in Gen.Elements("auto", "auto", "3", "40", "2147483647")
        from names in Gen.Elements(
            "one", "one", "one", "\"back\\\\slash\"", "\"end\\\\\"", "\"a \\\" quote\"", "\"two\\nlines\"", "\"Zürich\"")
        from starts in Gen.Elements("4", "4", "4", "2147483647")
        select (string[])[
            "experiment.kind=population", "experiment.seeds=3",
            $"experiment.population.strategies={{ {names} {{ {strategies[0]} }}, other {{ {strategies[1]} }} }}",
            $"experiment.population.population-size={size}", $"experiment.population.intensities=[1, {numbers[0]}]",
            $"experiment.population.tolerance={numbers[1]}", $"experiment.population.starts={starts}"];

    private static Gen<string[]> Regret =>
        from play in Play
        from numbers in Gen.ArrayOf(Number, 4)
        select (string[])[
            .. play, "experiment.kind=regret", "experiment.regret.reports=none", "experiment.episodes=1", "experiment.regret.replicates=4",
            "experiment.regret.max-replicates=4", $"experiment.regret.batch-factors=[1, {numbers[0]}]",
            $"experiment.regret.gammas=[1, {numbers[1]}]", $"experiment.regret.tolerance={numbers[2]}",
            $"experiment.regret.coalitions=[{{ name = all, share = 1, gamma = {numbers[3]} }}]"];

    private static Gen<string> Strategy => Gen.Frequency(
        (2, Gen.Constant("strategy = truthful")),
        (3, Gen.Elements(Strategies).SelectMany(strategy => Number.Select(number => Filled(strategy, number)))));

    /// <summary>An entry of <c>clients</c>.</summary>
    private static Gen<string> Entry =>
        from strategy in Strategy
        from own in Some(Gen.Elements(Own).SelectMany(own => Number.Select(number => Filled(own, number))), 1)
        select $"{{ {string.Join(", ", [strategy, "count = 1", .. own])} }}";

    private static Gen<string[]> Some(Gen<string> one, int most) => Gen.Choose(0, most).SelectMany(count => Gen.ArrayOf(one, count));

    private static Func<string, Gen<string>> Filled(string[] values) =>
        setting => Gen.Elements(values).Select(value => Filled(setting, value));

    private static string Filled(string setting, string number) => string.Format(CultureInfo.InvariantCulture, setting, number);
}

/// <summary>A property over <see cref="ExtremeSettings"/>: so many cases as CI has time for, or as FLCROWD_EXTREME_CASES says.</summary>
[AttributeUsage(AttributeTargets.Method)]
#pragma warning disable xUnit3003 // FsCheck's attribute takes no source information
public sealed class ExtremeSettingsPropertyAttribute : PropertyAttribute
#pragma warning restore xUnit3003
{
    /// <summary>Cases that are tried where nothing else is said.</summary>
    public const int InCi = 300;

    /// <summary>Reads how many cases there are.</summary>
    public ExtremeSettingsPropertyAttribute()
    {
        MaxTest = Cases;
        Replay = "(20261128,1)";
        Arbitrary = [typeof(ExtremeSettingsPropertyAttribute)];
    }

    /// <summary>How many cases there are.</summary>
    public static int Cases => int.TryParse(Environment.GetEnvironmentVariable("FLCROWD_EXTREME_CASES"), out int cases) ? cases : InCi;

    /// <summary>What the cases are made of.</summary>
    public static Arbitrary<string[]> Settings() => ExtremeSettings.Arbitrary;
}
