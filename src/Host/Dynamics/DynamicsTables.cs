using System.Globalization;
using FLCrowd.Host.Reports;

namespace FLCrowd.Host.Dynamics;

/// <summary>A dynamics experiment as a table, the same on the terminal and in the report.</summary>
internal static class DynamicsTables
{
    /// <summary>Different actions that are named; others are counted.</summary>
    private const int Named = 4;

    private const string Loss = "0.0000";

    /// <summary>Where the clients ended, and how stable that is.</summary>
    public static SummaryTable Ends(DynamicsReport report) => new(
        "Where the clients ended",
        report.Swept.Count + 2,
        [.. report.Swept, "end", "what they do (e, D, gamma)", "revisions", "test loss", "accuracy", "total reward", "server payoff", "epsilon", "cost"],
        [.. report.Blocks.Select(block => (IReadOnlyList<string>)[
            .. block.Cell,
            block.Last.Ending.Length > 0 ? block.Last.Ending : "not ended",
            Short(block.Last.Reached.Length > 0 ? block.Last.Reached : block.Last.Profile),
            Numbers.Count(block.Revisions.Count - 1),
            Numbers.Text(block.Reached.TestLoss, Loss),
            Numbers.Text(block.Reached.Accuracy, Loss),
            Numbers.Text(block.Reached.TotalReward, "0.0"),
            Numbers.Text(block.Reached.ServerPayoff, "0.0"),
            Epsilon(block),
            block.Regret is { } regret ? Numbers.Money(regret.Clients.Max(client => client.Cost)) : "–",
        ])]);

    /// <summary>How to read it.</summary>
    public static string Explanation(DynamicsReport report) =>
        "Loss, accuracy and pay are means over the plays of the profile reached. Epsilon is the largest regret of a measured client in the profile reached, "
        + (report.Regret is { } regret
            ? string.Create(CultureInfo.InvariantCulture, $"with the interval ({regret.Design.Confidence:0.####}) that it lies in: no client can gain more by one of the deviations tried. ")
            : "which was not measured. ")
        + $"Cost is the largest of a measured client there. All revisions are in {RevisionTable.File}.";

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
