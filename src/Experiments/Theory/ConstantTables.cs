using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Results;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>What terms are made of, number by number, each with its unit.</summary>
internal static class ConstantTables
{
    /// <summary>The unit of squared gradients.</summary>
    private const string Gradient = "(loss per |w|)^2";

    /// <summary>The constants of the bounds, and what a bound makes of them.</summary>
    public static FindingTable Constants(LearningConstants constants, LossSurrogate surrogate, TrainingProtocol protocol) => Listed(
        surrogate.Constants is null
            ? $"The model's constants; the surrogate {surrogate.Name} uses none of them"
            : $"The constants that the surrogate {surrogate.Name} is made of",
        [
            new("L", "smoothness of every F_i", Text(constants.Smoothness), "loss per |w|^2"),
            new("mu", "strong convexity of every F_i", Text(constants.StrongConvexity), "loss per |w|^2"),
            new("beta", "label-noise variance of a gradient", Text(constants.LabelNoise), Gradient),
            new("sigma_i^2", "gradient variance of one sample", Range(constants.GradientVariance.Values), Gradient),
            new("G^2", "gradient norm, squared", Text(constants.GradientNorm), Gradient),
            new("d_i", "heterogeneity F_i(w*) - min F_i", Range(constants.Heterogeneity.Values), "loss"),
            new("F*", "least training loss", Text(constants.MinimalLoss), "loss"),
            new("|w0 - w*|^2", "initial distance, squared", Text(constants.InitialDistance), "|w|^2"),
            new("1/(2L)", "largest step size of the bounds", Text(1 / (2 * constants.Smoothness)), "|w|^2 per loss"),
            .. Derived(constants, surrogate.Name, protocol),
        ]);

    /// <summary>What else the terms are made of.</summary>
    public static FindingTable Numbers(LossSurrogate surrogate, GameDefinition game, IReadOnlyList<ClientCosts> costs)
    {
        var protocol = game.Learning.Protocol;
        return Listed(
            "The game's numbers",
            [
                new("T", "rounds", Text(protocol.Rounds), "rounds"),
                new("H", "local steps per round", Text(protocol.LocalSteps), "steps"),
                new("h", "drift (H - 1)^2", Text(Theorem1.Drift(protocol)), ""),
                new("eta", protocol.IsConstant ? "step size" : "step size of the first round; it changes, or there is momentum",
                    Text(protocol.StepSize), "|w|^2 per loss"),
                new("c_l", "cost of labeling", Range([.. costs.Select(cost => cost.Labeling)]), "money"),
                new("c_p", "cost of computing with a sample", Range([.. costs.Select(cost => cost.Computation)]), "money"),
                new("c", "the same over an episode",
                    Range([.. costs.Select(cost => protocol.ChargedSteps * cost.Computation)]), "money per sample of D"),
                new("lambda", "what loss costs the server", Text(game.Incentive.MoneyPerLoss), "money per loss"),
                new("C", "loss that no action changes, by the surrogate", Text(surrogate.Constant), "loss"),
                new("F*", "least loss, by the surrogate" + (surrogate.MinimalLoss == 0 ? " (0: C contains it)" : ""),
                    Text(surrogate.MinimalLoss), "loss"),
            ]);
    }

    /// <summary>What a bound makes of the constants, the same for all clients.</summary>
    private static IEnumerable<Listing> Derived(LearningConstants constants, string surrogate, TrainingProtocol protocol) =>
        surrogate == CorrectedBound.Name
            ?
            [
                new("r", "contraction per round, 1 - mu eta / 2", Text(1 - constants.StrongConvexity * protocol.StepSize / 2), ""),
                new("r^T", "what is left of the initial distance", Text(
                    Math.Pow(1 - constants.StrongConvexity * protocol.StepSize / 2, protocol.Rounds)), ""),
            ]
            : [new("A", "scale of Theorem 1", Text(Theorem1.Scale(constants, protocol)), "|w|^2 per loss")];

    private static FindingTable Listed(string title, IReadOnlyList<Listing> rows) => FindingTable.Of(
        title,
        rows,
        TableColumn<Listing>.Name("symbol", row => row.Symbol),
        TableColumn<Listing>.Word("what", row => row.What),
        TableColumn<Listing>.Verdict("value", row => row.Value),
        TableColumn<Listing>.Word("unit", row => row.Unit));

    private static string Range(IReadOnlyList<double> values)
    {
        double low = values.Min(), high = values.Max();
        return low == high ? Text(low) : $"{Text(low)} to {Text(high)} (mean {Text(values.Average())})";
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A number with its symbol, what it is, and its unit; empty for pure numbers.</summary>
    private sealed record Listing(string Symbol, string What, string Value, string Unit);
}
