using System.Globalization;
using System.Net;
using System.Text;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Dynamics;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Regret;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Rendering;

/// <summary>The report: one file that opens without a network.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:16px/1.55 Roboto,system-ui,sans-serif;color:#222;background:#fff;max-width:60rem;margin:2.5rem auto;padding:0 1.25rem}
        h1{font-weight:400;font-size:2rem;margin:0 0 .25rem}h2{font-weight:400;font-size:1.35rem;margin:2.75rem 0 .75rem}
        .facts{color:#555;margin:0}.facts span{white-space:nowrap;margin-right:1.4em}
        .alert{border-left:4px solid #d55e00;background:#fdf3ec;padding:.7rem 1rem;margin:1.25rem 0}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;width:100%}
        th{text-align:right;font-weight:400;color:#666;border-bottom:2px solid #ccc;padding:.3rem .6rem;vertical-align:bottom}
        td{text-align:right;border-bottom:1px solid #eee;padding:.3rem .6rem;white-space:nowrap}
        th.word,td.word{text-align:left}tr.first td{border-top:2px solid #ddd}
        .note,figcaption{color:#666;font-size:.875rem}
        .panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(26rem,1fr));gap:0 1.5rem}
        figure{margin:0 0 2rem}figure img{display:block;width:100%;height:auto}
        pre{background:#f6f6f4;padding:.8rem 1rem;overflow-x:auto;font-size:.85rem;line-height:1.45}summary{cursor:pointer;color:#0072b2}
        dl{display:grid;grid-template-columns:max-content auto;gap:.15rem 1.2rem;font-size:.9rem}dt{color:#666}dd{margin:0}
        @media print{body{margin:0;max-width:none}figure,tr{break-inside:avoid}}
        """;

    public static string Render(RunRecord record, RunSummary summary, IReadOnlyList<DrawnPlot> plots)
    {
        var html = new StringBuilder();
        Head(html, record);
        if (record.FailedGames.Count > 0)
        {
            Table(html, SummaryTables.Failed(record));
        }

        if (summary.Population is { } population)
        {
            foreach (var table in PopulationTables.All(population))
            {
                Table(html, table);
            }

            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(PopulationTables.Explanation(population))}</p>\n");
        }

        if (summary.Dynamics is { } dynamics)
        {
            Table(html, DynamicsTables.Ends(dynamics));
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(DynamicsTables.Explanation(dynamics))}</p>\n");
            foreach (var story in plots.Take(1))
            {
                Plot(html, story);
            }

            Table(html, DynamicsTables.Details(dynamics));
        }

        if (summary.Figure is { } drawn)
        {
            FigureHtml.Append(html, drawn);
            FigureHtml.AppendClaims(html, drawn.Claims);
        }
        else if (summary.Regret is { } regret)
        {
            Table(html, RegretTables.Clients(regret));
            Table(html, RegretTables.NashConv(regret));
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(RegretTables.Explanation(regret))}</p>\n");
        }
        else if (summary.Cells.Count > 0)
        {
            Table(html, SummaryTables.Outcomes(summary));
            html.Append("<p class=\"note\">Losses and accuracy of the final model; money per episode; rent = total reward − what the actions really cost. Means over seeds (of means over episodes) ± one standard error.</p>\n");
        }

        foreach (var plot in summary.Dynamics is null ? plots : plots.Skip(1))
        {
            Plot(html, plot);
        }

        if (summary.Regret is { } all)
        {
            if (CoalitionTables.Has(all))
            {
                Table(html, CoalitionTables.Gains(all));
                html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(CoalitionTables.Explanation(all))}</p>\n");
            }

            Table(html, RegretTables.Deviations(all));
        }
        else if (summary is { Figure: null, Cells.Count: > 0 })
        {
            Table(html, SummaryTables.Strategies(summary));
            html.Append("<p class=\"note\">Per client and episode, as played (hidden from the server). Payoff = reward − cost; P(payoff &lt; 0) is the share of clients and episodes that lost money.</p>\n");
        }

        Provenance(html, record);
        return html.Append("</body></html>\n").ToString();
    }

    /// <summary>Everything down to the name and the facts of the run.</summary>
    public static void Head(StringBuilder html, RunRecord record)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{Text(record.Experiment)} - FLCrowd</title>
            <style>{PlotFont.StyleSheet}
            {Style}</style></head><body>
            <h1>{Text(record.Experiment)}</h1>
            <p class="facts">{Facts(record)}</p>

            """);
        if (record.Status != RunStatus.Completed)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"alert\">{Text(Incomplete(record))}</p>\n");
        }

        foreach (var stepSize in record.TunedStepSizes)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(stepSize.Sentence)}</p>\n");
        }
    }

    private static string Facts(RunRecord record) => string.Concat(new[]
    {
        record.Started.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
        $"seed {record.Seed.ToString(CultureInfo.InvariantCulture)}",
        $"{Numbers.Count(record.Games)} {(record.Games == 1 ? "game" : "games")}",
        $"{Numbers.Count(record.EpisodesRecorded)} {(record.EpisodesRecorded == 1 ? "episode" : "episodes")}",
        $"{Numbers.Count(record.ClientUpdates)} client updates",
        $"{Numbers.Duration(record.Seconds)}",
        $"{Numbers.Rate(record.UpdatesPerSecond)} updates/s",
    }.Select(fact => $"<span>{Text(fact)}</span> "));

    private static string Incomplete(RunRecord record)
    {
        var recorded = $"{Numbers.Count(record.EpisodesRecorded)} of {Numbers.Count(record.EpisodesPlanned)} episodes are recorded.";
        return record.Status switch
        {
            RunStatus.Failed => $"The run failed: {record.Failure} {recorded}",
            RunStatus.Interrupted => $"The run was interrupted: {recorded}",
            _ => "The run has not ended, or its process was killed: what is shown may be a part of it.",
        };
    }

    public static void Plot(StringBuilder html, DrawnPlot plot) => html.Append(
        CultureInfo.InvariantCulture,
        $"<figure><img alt=\"{Text(plot.Name)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(plot.Svg))}\"><figcaption>{Text(plot.Caption)}</figcaption></figure>\n");

    public static void Table(StringBuilder html, SummaryTable table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(table.Title)}</h2>\n<div class=\"scroll\"><table><thead><tr>");
        for (int column = 0; column < table.Headers.Count; column++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th{Class(table, column)}>{Text(table.Headers[column])}</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        string? group = null;
        foreach (var row in table.Rows)
        {
            // A line above each new cell of a sweep, where a cell has several rows.
            var cell = string.Join('\n', row.Take(table.Words - 1));
            html.Append(table.Words > 1 && group is not null && cell != group ? "<tr class=\"first\">" : "<tr>");
            group = cell;
            for (int column = 0; column < row.Count; column++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{Class(table, column)}>{Text(row[column])}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    public static void Provenance(StringBuilder html, RunRecord record) => html.Append(CultureInfo.InvariantCulture, $"""
        <h2>Reproduce</h2>
        <p>The same build of the program on the same kind of CPU gives tables of the same bytes, on any number of threads:</p>
        <pre>{Text(record.Command)}</pre>
        <dl><dt>FLCrowd</dt><dd>{Text(record.Versions.Program)}{(record.Versions.Build is { } build ? $", build {build.Checksum[..12]}" : "")}</dd><dt>.NET</dt><dd>{Text(record.Versions.DotNet)}</dd>
        <dt>TorchSharp</dt><dd>{Text(record.Versions.TorchSharp ?? "not used")}</dd>
        <dt>Machine</dt><dd>{Text(record.Versions.OperatingSystem)}, {Text(record.Versions.Architecture)}, {record.Versions.Cores} cores</dd></dl>
        <h2>Configuration</h2>
        <details open><summary>all settings, defaults included</summary><pre>{Text(HoconWriter.Text(new() { [ExperimentSources.Root] = record.Configuration.DeepClone() }))}</pre></details>
        <p class="note">The numbers behind the plots are in the CSV files beside this file; plots are in plots/ as SVG and PNG.</p>

        """);

    private static string Class(SummaryTable table, int column) => column < table.Words ? " class=\"word\"" : "";

    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
