using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FLCrowd.Host.Tests;

/// <summary>Random settings, some of them ordinary and some at the ends of what numbers can be, for worlds that take milliseconds.</summary>
internal static class ExtremeSettings
{
    private static readonly string[] Usual = ["0", "0.01", "0.5", "1", "2.5", "20"];

    private static readonly string[] Extremes =
    [
        "1e-400", "5e-324", "1e-300", "1e-61", "1e-60", "1e-30", "1e12", "1e30", "1e39", "1e60", "1e61", "1e300", "1.7976931348623157e308", "1e400",
        "-1", "-1e60", "NaN", "Infinity",
    ];

    /// <summary>Three of four are usual: where all is extreme, nothing is played.</summary>
    private static readonly string[] Numbers = [.. Extremes, .. Enumerable.Repeat(Usual, 9).SelectMany(usual => usual)];

    private static readonly string[] Wholes = ["1", "2", "3", "64", "2147483647", "1", "2", "3", "64", "2147483647", "2147483648", "0", "-1"];

    /// <summary>What any experiment may set.</summary>
    private static readonly (string Path, string[] Values)[] Common =
    [
        ("seed", ["0", "7", "42", "99", "18446744073709551613", "18446744073709551615", "18446744073709551616"]),
        ("data.concentration", Numbers),
        ("data.heterogeneity", Numbers),
        ("learning.rounds", ["1", "2", "5"]),
        ("learning.local-steps", ["1", "3"]),
        ("learning.step-size", Numbers),
        ("learning.aggregator", ["median", "trimmed-mean"]),
        ("learning.quadratic.noise", Numbers),
        ("learning.quadratic.shift", Numbers),
        ("learning.quadratic.centre-deviation", Numbers),
        ("learning.quadratic.dimension", ["2", "3", "1048577"]),
        ("learning.quadratic.curvature", ["[1e-60]", "[1e60]", "[1, 1e-60, 1, 1, 1e39]", "[1e300]", "[0]"]),
        ("game.mechanism", ["per-sample", "lceme", "lceme", "lceme", "influence", "leave-one-out", "vcg", "shapley"]),
        ("game.flat.amount", Numbers),
        ("game.per-sample", [.. Each("{{ rate = {0} }}"), .. Each("{{ labeling = {0} }}")]),
        ("game.influence", [.. Each("{{ scale = {0} }}"), .. Each("{{ base = {0} }}"), "{ every = 2147483647 }"]),
        ("game.leave-one-out", [.. Each("{{ scale = {0} }}"), "{ max-replays = 2147483647 }"]),
        ("game.vcg.scale", Numbers),
        ("game.shapley", [.. Each("{{ scale = {0} }}"), .. Each("{{ tolerance = {0} }}"), "{ permutations = 2147483647 }"]),
        ("game.lceme.margin", Numbers),
        ("game.lceme.as-printed", ["true"]),
        ("game.lceme.even", ["true"]),
        ("game.lceme.surrogate-options.batch-slope", Each("[{0}]")),
        ("game.lceme.surrogate-options.effort-slope", Each("[{0}]")),
        ("game.lceme.surrogate-options.report-curvature", Each("[{0}]")),
        ("game.lceme.surrogate-options.truthful-loss", Numbers),
        ("game.money-per-loss", Numbers),
        ("game.labeling-cost", Numbers),
        ("game.computation-cost", [.. Numbers, "[1, 1e60, 1e-60]"]),
        ("game.cost-per", ["local-step"]),
        ("game.assignment", [.. Wholes, "optimal"]),
        ("game.payoff-basis", ["bound"]),
        ("game.floor", Numbers),
        ("experiment.publish-payoffs", ["on"]),
        ("experiment.revision.turn", Wholes),
        ("experiment.revision.inertia", Numbers),
        ("experiment.revision.order", ["round-robin", "random"]),
        ("execution.cohort-size", Wholes),
        ("execution.chunk-size", Wholes),
        ("execution.evaluate-every", Wholes),
        ("execution.on-client-failure", ["exclude"]),
    ];

    private static readonly string[] Strategies =
    [
        "strategy = truthful",
        "strategy = free-rider",
        .. Each("strategy = misreport, gamma = {0}"),
        .. Each("strategy = shirk-labeling, effort = {0}"),
        .. Each("strategy = small-batch, factor = {0}"),
        .. Each("strategy = fixed, batch-factor = {0}"),
        .. Each("strategy = mixed, strategies = [{{ strategy = truthful, weight = {0} }}, {{ strategy = free-rider, weight = 1e60 }}]"),
        .. Each("strategy = epsilon-greedy, decay = {0}"),
        .. Each("strategy = regret-matching, mu = {0}"),
        .. Each("strategy = regret-matching, gammas = [1, {0}]"),
        .. Each("strategy = best-response, search = continuous, gammas = [1, {0}]"),
        .. Each("strategy = best-response, belief = experience, experience {{ tolerance = {0} }}"),
        "strategy = imitation",
    ];

    /// <summary>A list of settings for the command line.</summary>
    public static Arbitrary<string[]> Arbitrary => Arb.From(
        from kind in Gen.Frequency((6, Play), (2, Sweep), (2, Population), (2, Regret))
        from common in Some(Common, 6)
        select (string[])["execution.cache=off", .. GivenSurrogate, .. kind, .. common],
        settings => settings.Index().Skip(1).Select(left => settings.Where((_, index) => index != left.Index).ToArray()));

    /// <summary>One that costs no pilot.</summary>
    private static string[] GivenSurrogate =>
    [
        "game.lceme.surrogate=given", "game.lceme.surrogate-options.batch-slope=[20]", "game.lceme.surrogate-options.effort-slope=[0.5]",
        "game.lceme.surrogate-options.truthful-loss=1",
    ];

    private static Gen<string[]> Play =>
        from entries in Gen.ArrayOf(Entry, 3)
        from episodes in Gen.Elements("1", "3")
        select (string[])["data.clients=3", $"clients=[{string.Join(", ", entries)}]", $"experiment.episodes={episodes}"];

    private static Gen<string[]> Sweep =>
        from play in Play
        from values in Gen.ArrayOf(Gen.Elements(Numbers), 2)
        from path in Gen.Elements("game.money-per-loss", "game.labeling-cost", "learning.step-size", "learning.quadratic.noise")
        from seeds in Gen.Elements("1", "2", "3")
        select (string[])[
            .. play, "experiment.kind=sweep", $"experiment.grid={{ \"{path}\" = [{string.Join(", ", values)}] }}", $"experiment.seeds={seeds}"];

    private static Gen<string[]> Population =>
        from strategies in Gen.ArrayOf(Gen.Elements(Strategies), 2)
        from number in Gen.ArrayOf(Gen.Elements(Numbers), 3)
        from size in Gen.Elements("auto", "auto", "auto", "3", "40", "2147483647")
        from names in Gen.Elements("one", "one", "one", "\"back\\\\slash\"", "\"end\\\\\"", "\"a \\\" quote\"", "\"two\\nlines\"", "\"Zürich\"")
        select (string[])[
            "data.clients=3", "experiment.kind=population", "experiment.seeds=3",
            $"experiment.population.strategies={{ {names} {{ {strategies[0]} }}, other {{ {strategies[1]} }} }}",
            $"experiment.population.population-size={size}", $"experiment.population.intensities=[1, {number[0]}]",
            $"experiment.population.tolerance={number[1]}", $"experiment.population.starts={(number[2] == "1e60" ? "2147483647" : "4")}"];

    private static Gen<string[]> Regret =>
        from play in Play
        from number in Gen.ArrayOf(Gen.Elements(Numbers), 4)
        select (string[])[
            .. play, "experiment.kind=regret", "experiment.episodes=1", "experiment.regret.replicates=4", "experiment.regret.max-replicates=4",
            "experiment.regret.efforts=[0, 1]", $"experiment.regret.batch-factors=[1, {number[0]}]", $"experiment.regret.gammas=[1, {number[1]}]",
            $"experiment.regret.tolerance={number[2]}", $"experiment.regret.coalitions=[{{ name = all, share = 1, gamma = {number[3]} }}]"];

    /// <summary>An entry of <c>clients</c>.</summary>
    private static Gen<string> Entry =>
        from strategy in Gen.Frequency((1, Gen.Constant("strategy = truthful")), (2, Gen.Elements(Strategies)))
        from own in Gen.Elements("", "", "", "weight", "labeling-cost", "computation-cost")
        from number in Gen.Elements(Numbers)
        select $"{{ {strategy}, count = 1{(own.Length > 0 ? $", {own} = {number}" : "")} }}";

    private static Gen<string[]> Some((string Path, string[] Values)[] settings, int most) =>
        from count in Gen.Choose(0, most)
        from chosen in Gen.ArrayOf(Gen.Elements(settings), count)
        from values in Gen.CollectToArray(chosen, setting => Gen.Elements(setting.Values))
        select chosen.Zip(values, (setting, value) => $"{setting.Path}={value}").ToArray();

    private static string[] Each(string format) =>
        [.. Numbers.Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, number))];
}

/// <summary>A property over <see cref="ExtremeSettings"/>: so many cases as CI has time for, or as FLCROWD_EXTREME_CASES says.</summary>
[AttributeUsage(AttributeTargets.Method)]
#pragma warning disable xUnit3003 // FsCheck's attribute takes no source information
public sealed class ExtremeSettingsPropertyAttribute : PropertyAttribute
#pragma warning restore xUnit3003
{
    /// <summary>Cases that are tried where nothing else is said.</summary>
    public const int InCi = 200;

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
