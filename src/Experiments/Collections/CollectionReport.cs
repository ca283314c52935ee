using System.Text;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Experiments.Figures;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Rendering;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Experiments.Collections;

/// <summary>One report on the experiments of a collection: all figures, and one table of all claims.</summary>
internal static class CollectionReport
{
    /// <summary>Makes the reports of all parts, and the one on all of them.</summary>
    /// <returns>The claims of all parts, as one figure without plots.</returns>
    /// <exception cref="SettingException">A part's table is missing, or is not what a run writes.</exception>
    public static RunSummary Write(RunDirectory run, RunRecord record, IReadOnlyList<string> parts)
    {
        var made = parts.Where(part => RunDirectory.IsRun(run.PathOf(part)) && RunTables.HasEpisodes(run.PathOf(part)))
            .Select(part => (Part: part, Summary: Report.Write(run.PathOf(part))))
            .ToList();
        var claims = made.SelectMany(part => part.Summary.Figure?.Claims ?? []).ToList();
        var data = ClaimTable.Data(claims);
        data.Write(run.Path, RunColumns.None);

        var html = new StringBuilder();
        HtmlReport.Head(html, record);
        if (claims.Count > 0)
        {
            HtmlReport.Table(html, ClaimTables.Counts(claims, withQuotes: true));
            html.Append($"<p class=\"note\">{HtmlReport.Text(ClaimTables.Explanation)}</p>\n");
        }

        foreach (var (part, summary) in made)
        {
            if (summary.Figure is { } figure)
            {
                FigureHtml.Append(html, figure);
            }

            html.Append($"<p><a href=\"{HtmlReport.Text(part)}/{RunDirectory.ReportFile}\">The report of {HtmlReport.Text(part)}</a>, with its settings.</p>\n");
        }

        if (claims.Count > 0)
        {
            HtmlReport.Table(html, ClaimTables.All(claims));
        }

        HtmlReport.Provenance(html, record);
        Disk.WriteText(run.PathOf(RunDirectory.ReportFile), html.Append("</body></html>\n").ToString());
        return new RunSummary([], [], Figure: new FigureResult(record.Experiment, record.Experiment, [], [], data, claims));
    }
}
