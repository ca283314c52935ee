using System.Globalization;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>The theory of a game as tables.</summary>
internal static class TheoryTables
{
    /// <summary>Kinds of clients that are shown; a crowd may have as many as clients.</summary>
    private const int MaxKinds = 40;

    public static SummaryTable Constants(LearningConstants constants, TrainingProtocol protocol) => new(
        "The model's constants",
        2,
        ["symbol", "what", "value"],
        [
            ["L", "smoothness", Text(constants.Smoothness)],
            ["mu", "strong convexity", Text(constants.StrongConvexity)],
            ["beta", "label-noise variance", Text(constants.LabelNoise)],
            ["sigma^2", "gradient variance of one sample", Range(constants.GradientVariance)],
            ["G^2", "gradient norm, squared", Text(constants.GradientNorm)],
            ["d", "heterogeneity F_i(w*) - min F_i", Range(constants.Heterogeneity)],
            ["F*", "least training loss", Text(constants.MinimalLoss)],
            ["|w0 - w*|^2", "initial distance, squared", Text(constants.InitialDistance)],
            ["1/(2L)", "largest step size of Theorem 1", Text(1 / (2 * constants.Smoothness))],
            ["A", "scale of Theorem 1", Text(Theorem1.Scale(constants, protocol))],
        ]);

    /// <summary>What a surrogate that is measured came out as, each value with its standard error.</summary>
    /// <param name="surrogate">The surrogate.</param>
    /// <param name="errors">Its standard errors.</param>
    /// <param name="batchSizes">D' of every client, in client order.</param>
    public static SummaryTable Measured(LossSurrogate surrogate, SurrogateErrors errors, IReadOnlyList<int> batchSizes)
    {
        var kinds = Enumerable.Range(0, batchSizes.Count)
            .GroupBy(client => (
                Measured(surrogate.BatchSlope[client], errors.BatchSlope[client]),
                Measured(surrogate.EffortSlope[client], errors.EffortSlope[client]),
                Measured(surrogate.ReportCurvature[client], errors.ReportCurvature[client])))
            .ToList();
        return new SummaryTable(
            $"The surrogate {surrogate.Name}, measured"
                + (kinds.Count > MaxKinds ? $" (the first {MaxKinds} of {kinds.Count} kinds of clients)" : ""),
            2,
            ["clients", "a (loss per 1/D)", "b (loss per lost effort)", "q (loss per (gamma - 1)^2)", "loss as asked"],
            [.. kinds.Take(MaxKinds).Select(kind => (IReadOnlyList<string>)[
                Clients(kind), kind.Key.Item1, kind.Key.Item2, kind.Key.Item3,
                Measured(surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss, errors.TruthfulLoss),
            ])]);
    }

    public static SummaryTable Terms(GameTheory theory)
    {
        var kinds = theory.Corrected.Zip(theory.Printed)
            .GroupBy(pair => (pair.First with { Client = 0 }, pair.Second with { Client = 0 }))
            .ToList();
        return new SummaryTable(
            $"LCEME over the surrogate {theory.Surrogate.Name}" + (kinds.Count > MaxKinds ? $" (the first {MaxKinds} of {kinds.Count} kinds of clients)" : ""),
            2,
            ["clients", "formulas", "p", "a", "b", "D_min", "D*", "D'", "Phi", "Omega + c_l", "u_hat, truthful", "best e, D, gamma", "gain"],
            [.. kinds.Take(MaxKinds).SelectMany(kind => (IReadOnlyList<string>[])[
                Row(Clients(kind.Select(pair => pair.First.Client)), "corrected", kind.First().First),
                Row("", "as printed", kind.First().Second),
            ])]);
    }

    private static IReadOnlyList<string> Row(string clients, string formulas, ClientTheory client) =>
    [
        clients,
        formulas,
        Text(client.Weight),
        Text(client.BatchSlope),
        Text(client.EffortSlope),
        Text(client.LeastBatchSize),
        Numbers.Count(client.OptimalBatchSize),
        Numbers.Count(client.BatchSize),
        Text(client.LossSlope),
        Text(client.Fixed),
        Numbers.Money(client.TruthfulPayoff),
        $"{Text(client.BestResponse.Effort)}, {client.BestResponse.BatchSize}, {Text(client.BestResponse.Gamma)}",
        Numbers.Money(client.Gain),
    ];

    /// <summary>Consecutive indices as ranges: <c>0-2, 5</c>.</summary>
    private static string Clients(IEnumerable<int> ascending)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (int client in ascending)
        {
            if (ranges.Count > 0 && ranges[^1].Last == client - 1)
            {
                ranges[^1] = (ranges[^1].First, client);
            }
            else
            {
                ranges.Add((client, client));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
    }

    private static string Range(PerClient values)
    {
        double low = values.Values.Min(), high = values.Values.Max();
        return low == high ? Text(low) : $"{Text(low)} to {Text(high)} (mean {Text(values.Values.Average())})";
    }

    private static string Measured(double value, double error) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:G4} ± {error:G2}");

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
