using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Collections;

/// <summary>What the experiments of a collection found: all figures, and one table of all claims.</summary>
internal static class CollectionFindings
{
    /// <param name="parts">What came out of the parts that have tables; a part without a figure has only a report of its own.</param>
    public static Findings Of(IReadOnlyList<(string Part, FigureResult? Figure)> parts)
    {
        var claims = parts.SelectMany(part => part.Figure?.Claims ?? []).ToList();
        return new Findings([
            .. claims.Count == 0 ? (Finding[])[] :
            [
                .. ClaimTables.Counts(claims, withQuotes: false).Select(table => table with { Shown = Shown.OnTerminal }),
                .. ClaimTables.Counts(claims, withQuotes: true).Select(table => table with { Shown = Shown.InReport }),
                new FindingNote(ClaimTables.Explanation),
            ],
            .. parts.SelectMany(part => (Finding[])[
                .. part.Figure is { } figure ? FigureFindings.Drawn(figure, part.Part)
                    .Select(item => item with { Shown = Shown.InReport }) : [],
                new FindingNote($"The report of {part.Part}, with its settings.")
                {
                    Shown = Shown.InReport,
                    Link = $"{part.Part}/{RunDirectory.ReportFile}",
                },
            ]),
            .. claims.Count > 0 ? ClaimTables.All(claims).Select(table => table with { Shown = Shown.InReport }) : [],
        ])
        {
            Glossary = claims.Count > 0 ? FigureFindings.Glossary : [],
            Details = [FindingDetail.Of("cells", Array.Empty<object>()), ClaimDetail.Of(claims)],
        };
    }
}
