using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Figures;

/// <summary>A figure of the paper, with its numbers, and what became of what the paper says of it.</summary>
internal static class FigureFindings
{
    /// <param name="summary">The cells of the run.</param>
    /// <param name="figure">The figure that is made of them.</param>
    public static Findings Of(RunSummary summary, FigureResult figure) => new([
        .. Drawn(figure),
        .. ClaimTables.Counts(figure.Claims, withQuotes: true).Select(table => table with { Shown = Shown.InReport }),
        .. ClaimTables.All(figure.Claims),
        new FindingNote($"{ClaimTables.Explanation} The claims are in {ClaimTable.Schema.File}, too.")])
    {
        Glossary = Glossary,
        Details = [CellDetail.Of(summary), ClaimDetail.Of(figure.Claims)],
    };

    public static IReadOnlyList<Term> Glossary { get; } =
    [
        Symbols.Effort, Symbols.BatchSize, new("D*", "the mini-batch size that is best for the server, by the surrogate"), Symbols.Gamma,
        new("F", "training loss, on the clients' true labels, regularised"),
        new("w_t, w_T", "the global model after round t, and after the last"),
        new("u_hat", "a client's payoff by the loss surrogate that pay is made from"),
        new("lambda, f", "what a unit of loss costs the server, in money, and the test loss"),
        new("a_i, c_p, T", "what 1 / D_i of client i adds to the loss by the surrogate; what computing a sample costs it; rounds"),
    ];

    /// <summary>The plots, two beside each other where there is room, and their numbers.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="part">The part of a collection that it is of; null: it is this run's.</param>
    public static IEnumerable<Finding> Drawn(FigureResult figure, string? part = null) =>
    [
        new FindingSection(figure.Title) { Shown = Shown.InReport },
        .. figure.Plots.Select(plot => plot with { Caption = Caption(figure, plot), IsHalf = true, Part = part }),
        .. figure.Numbers,
        .. figure.Numbers.Count == 0
            ? (Finding[])[]
            : [new FindingNote(
                $"Means over {figure.MeansOver}. The numbers are in {(part is null ? "" : $"{part}/")}{figure.Name}.csv, too.")],
    ];

    private static string Caption(FigureResult figure, FindingPlot plot) => plot.Caption + Captions.Of(
        plot.Panels[0],
        $"Mean over {figure.MeansOver}",
        $"{(plot.Panels[0].Series is [BarSeries] ? "whiskers" : "bands")} are its 95 % confidence interval (Student)",
        isMean: true);
}
