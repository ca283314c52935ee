using System.Globalization;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Dynamics;

/// <summary>A dynamics experiment as a table, the same on the terminal and in the report.</summary>
internal static class DynamicsTables
{
    /// <summary>Different actions that are named; others are counted.</summary>
    private const int Named = 4;

    private const string Loss = "0.0000";
    private const string Accuracy = "0.000";
    private const string Money = "#,0";

    /// <summary>What the clients came to do, what comes of that, and how stable it is.</summary>
    public static SummaryTable Ends(DynamicsReport report)
    {
        // A model without classes has its loss instead.
        bool hasAccuracy = report.Blocks.Any(block => double.IsFinite(block.Reached.Accuracy.Mean));
        return new SummaryTable(
            "Where the clients ended",
            report.Swept.Count,
            [.. report.Swept, "mean e", "D / D'", "gamma", hasAccuracy ? "accuracy" : "test loss", "as asked", "server pays", "epsilon", "cost"],
            [.. report.Blocks.Select(block => (IReadOnlyList<string>)[
                .. block.Cell,
                Numbers.Count(block.Reached.Effort),
                Numbers.Count(block.Reached.BatchFactor),
                Numbers.Count(block.Reached.Gamma),
                Quality(block.Reached),
                block.Asked is { } asked ? Quality(asked) : "–",
                Numbers.Text(block.Reached.TotalReward, Money),
                Epsilon(block),
                block.Asked is { } costly ? Numbers.Money(costly.Cost) : "–",
            ])]);

        string Quality(PlayedQuality played) => hasAccuracy ? Numbers.Text(played.Accuracy, Accuracy) : Numbers.Text(played.TestLoss, Loss);
    }

    /// <summary>How they got there, with all that the first table leaves out.</summary>
    public static SummaryTable Details(DynamicsReport report) => new(
        "How they got there",
        report.Swept.Count + 2,
        [.. report.Swept, "end", "what they do (e, D, gamma)", "revisions", "test loss", "as asked", "server payoff", "as asked"],
        [.. report.Blocks.Select(block => (IReadOnlyList<string>)[
            .. block.Cell,
            block.Last.Ending.Length > 0 ? block.Last.Ending : "not ended",
            Short(block.Last.Reached.Length > 0 ? block.Last.Reached : block.Last.Profile),
            Numbers.Count(block.Revisions.Count - 1),
            Numbers.Text(block.Reached.TestLoss, Loss),
            block.Asked is { } asked ? Numbers.Text(asked.TestLoss, Loss) : "–",
            Numbers.Text(block.Reached.ServerPayoff, Money),
            block.Asked is { } obeyed ? Numbers.Text(obeyed.ServerPayoff, Money) : "–",
        ])]);

    /// <summary>How to read them.</summary>
    public static string Explanation(DynamicsReport report) =>
        "e, D / D' and gamma are means over clients: all 1 is what they are asked. \"As asked\" is what comes of that in the same draws. Means over plays ± one "
        + "standard error. Epsilon is the largest regret of a measured client in the profile reached, "
        + (report.Regret is { } regret
            ? string.Create(CultureInfo.InvariantCulture, $"and the interval ({regret.Design.Confidence:0.####}) that it lies in: nobody measured can gain more by one of the deviations tried. {RegretTables.Tried(regret.Design)} ")
            : "which was not measured. ")
        + $"Cost is what doing as asked costs a client. All revisions are in {RevisionTable.File}.";

    private static string Short(string profile)
    {
        var parts = profile.Split("), ");
        return parts.Length <= Named
            ? profile
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join("), ", parts.Take(Named))}), {parts.Length - Named} others");
    }

    private static string Epsilon(DynamicsBlock block) => block is { Epsilon: { } epsilon, EpsilonLimits: { } limits }
        ? $"{Numbers.Money(epsilon)} [{Numbers.Money(limits.Low)}, {Numbers.Money(limits.High)}]"
        : "–";
}
