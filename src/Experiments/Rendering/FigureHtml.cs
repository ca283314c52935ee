using System.Globalization;
using System.Text;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Rendering;

/// <summary>Figures and claims in a report.</summary>
internal static class FigureHtml
{
    /// <summary>The plots, two beside each other where there is room, and their numbers.</summary>
    public static void Append(StringBuilder html, FigureResult figure)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{HtmlReport.Text(figure.Title)}</h2>\n<div class=\"panels\">\n");
        foreach (var plot in figure.Drawn)
        {
            HtmlReport.Plot(html, plot);
        }

        html.Append("</div>\n");
        foreach (var numbers in figure.Numbers)
        {
            HtmlReport.Table(html, numbers);
        }

        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{HtmlReport.Text(FigureNumbers.Explanation)} The numbers are in {figure.Name}.csv, too.</p>\n");
    }

    /// <summary>What the paper says, and what became of it.</summary>
    public static void AppendClaims(StringBuilder html, IReadOnlyList<JudgedClaim> claims)
    {
        HtmlReport.Table(html, ClaimTables.Counts(claims, withQuotes: true));
        HtmlReport.Table(html, ClaimTables.All(claims));
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{HtmlReport.Text(ClaimTables.Explanation)} The claims are in {ClaimTables.File}, too.</p>\n");
    }
}
