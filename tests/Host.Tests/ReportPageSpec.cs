using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Host.Rendering;

namespace FLCrowd.Host.Tests;

/// <summary>The report with a mouse: what its scripts get, and what they may do.</summary>
public sealed partial class ReportPageSpec : IDisposable
{
    private const string Markup = "</script><script>alert('<b>')</script><!-- & \"x\"";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_chart_has_the_numbers_of_its_finding_and_the_colours_of_its_picture()
    {
        var findings = Reported.Write(_folder.CopyOfGoldenRun());
        var charts = Charts(File.ReadAllText(_folder.In("report.html")));
        Assert.Equal(findings.Plots.Count(plot => plot.Shown.HasFlag(Shown.InReport)), charts.Count);
        foreach (var plot in findings.Plots.Where(plot => plot.Panels is [{ Series: [LineSeries, ..] }]))
        {
            var series = Panel(charts[plot.Name])["series"]!.AsArray();
            var lines = plot.Panels[0].Series.Cast<LineSeries>().ToList();
            Assert.Equal(lines.Select(line => line.Name), series.Select(line => line!["name"]!.GetValue<string>()));
            Assert.Equal(lines.SelectMany(line => line.Points).Select(point => point.X), Numbers(series, "x"));
            Assert.Equal(lines.SelectMany(line => line.Points).Select(point => point.Y), Numbers(series, "y"));
            Assert.Equal(lines.SelectMany(line => line.Points).Select(point => point.Low), Numbers(series, "low"));
            Assert.Equal(lines.SelectMany(line => line.Points).Select(point => point.High), Numbers(series, "high"));
            var picture = File.ReadAllText(_folder.In($"plots/{plot.Name}.svg"));
            Assert.All(series, line => Assert.Contains(line!["colour"]!.GetValue<string>(), picture, StringComparison.OrdinalIgnoreCase));
        }

        var payoffs = findings.Plots.Single(plot => plot.Name == "payoffs");
        var bars = Assert.IsType<BarSeries>(Assert.Single(payoffs.Panels[0].Series)).Groups.SelectMany(group => group.Bars).ToList();
        var rows = Panel(charts["payoffs"])["groups"]!.AsArray().SelectMany(group => group!["rows"]!.AsArray()).ToList();
        Assert.Equal(
            bars.Select(bar => (bar.Name, bar.Value, bar.Low, bar.High)),
            rows.Select(row => (row!["name"]!.GetValue<string>(), Number(row["value"]), Number(row["low"]), Number(row["high"]))));
    }

    [Fact]
    public void Every_form_of_plot_is_data_and_lines_that_turn_back_are_a_picture()
    {
        Assert.Equal("ranges", Kind(new RangeSeries([new RangeGroup("client 1", [new RangeRow("e 0", 2, 1, 3, GainSide.Above)], 0.5)])));
        Assert.Equal("field", Kind(new HeatMapSeries([1, 2], [3], [[4, double.NaN]], NumberFormat.Short)));
        Assert.Equal("triangle", Kind(new TernarySeries(["a", "b", "c"], [], [new TernaryPoint([1, 0, 0], true)])));
        Assert.Equal("bars", Kind(new BarSeries([new BarGroup("", [new PlotBar("", Hue.Ink, double.NaN, 0, 0, "none")])])));
        Assert.Equal("lines", Kind(new LineSeries("", Hue.Ink, [new(1, 2), new(2, double.NaN)])));
        Assert.Null(Kind(new LineSeries("", Hue.Ink, [new(1, 2), new(2, 3), new(1, 4)])));
        Assert.Null(Kind(new LineSeries("", Hue.Ink, [])));

        static string? Kind(PlotSeries series) => ChartData.Of(Plot(series), new ReportColours()) is { } json
            ? Panel(JsonNode.Parse(json)!)["kind"]!.GetValue<string>()
            : null;
    }

    [Fact]
    public void Names_with_markup_stay_text()
    {
        var table = FindingTable.Of(Markup, (string[])[Markup], TableColumn<string>.Name(Markup, name => name, Markup));
        var html = Page(new Findings([table, Plot(new LineSeries(Markup, Hue.Strategy(Markup), [new(1, 2), new(2, 3)]))]));
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!-- ", html, StringComparison.Ordinal);
        Assert.Equal(PageParts.Scripts, Script().Matches(html).Select(match => match.Groups[1].Value));
        var panel = Panel(Assert.Single(Charts(html)).Value);
        Assert.Equal(Markup, panel["title"]!.GetValue<string>());
        Assert.Equal(Markup, panel["series"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void The_page_runs_its_own_scripts_and_loads_nothing()
    {
        Reported.Write(_folder.CopyOfGoldenRun());
        var html = File.ReadAllText(_folder.In("report.html"));
        var policy = WebUtility.HtmlDecode(Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value);
        Assert.StartsWith("default-src 'none'; img-src data:; font-src data:; ", policy, StringComparison.Ordinal);
        var scripts = Script().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, scripts.Count);
        Assert.EndsWith($"script-src {string.Join(' ', scripts.Select(Hash))}", policy, StringComparison.Ordinal);

        // What is left are names: of the project in uPlot's banner, and of SVG's elements.
        Assert.Equal(
            ["https://github.com/leeoniya/uPlot", "http://www.w3.org/2000/svg"],
            Regex.Matches(html, "https?://[^\"'\\s)]*").Select(match => match.Value));
        Assert.DoesNotMatch(@"\beval\(|new Function|\bfetch\(|XMLHttpRequest|\bimport\b|WebSocket|sendBeacon", html);
        Assert.Contains("Permission is hereby granted, free of charge", html, StringComparison.Ordinal);

        static string Hash(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
    }

    [Fact]
    public void Without_scripts_there_is_the_picture_of_every_plot()
    {
        var findings = Reported.Write(_folder.CopyOfGoldenRun());
        var html = File.ReadAllText(_folder.In("report.html"));
        var pictures = Regex.Matches(html, "<figure><img alt=\"([^\"]*)\" src=\"data:image/svg\\+xml;base64,([^\"]*)\">")
            .ToDictionary(match => match.Groups[1].Value, match => Convert.FromBase64String(match.Groups[2].Value));
        Assert.Equal(findings.Plots.Select(plot => plot.Name), pictures.Keys);
        Assert.All(pictures, picture => Assert.Equal(File.ReadAllBytes(_folder.In($"plots/{picture.Key}.svg")), picture.Value));
    }

    [Fact]
    public void Tables_are_sorted_by_the_numbers_behind_their_texts()
    {
        FindingCell[] cells =
        [
            new NumberCell(1.0 / 3), new NumberCell(null), new MeanCell(-2.5, 1, PlusMinus.OfMean("seeds")),
            new IntervalCell(1, 3, 2.25), new IntervalCell(1, 3),
            new TextCell("<i>"), new VerdictCell("yes"), new MeanCell(double.NaN, 1, PlusMinus.OfMean("seeds")),
        ];
        var html = Page(new Findings([FindingTable.Of(
            "cells", cells, TableColumn<FindingCell>.Of("cell", cell => cell, NumberFormat.Money))]));
        Assert.Equal(
            ["0.3333333333333333", "", "-2.5", "2.25", "2", "", "", ""],
            Regex.Matches(html, "<td(?: data-value=\"([^\"]*)\")?>").Select(match => match.Groups[1].Value));
        Assert.Equal(1.0 / 3, double.Parse("0.3333333333333333", CultureInfo.InvariantCulture));
    }

    private static FindingPlot Plot(PlotSeries series) =>
        new("plot", Markup, new PlotPanel(Markup, new PlotAxis(Markup), new PlotAxis("y"), [series]));

    private string Page(Findings findings)
    {
        var record = RunDirectory.Open(_folder.CopyOfGoldenRun()).Read() with { Asked = Markup };
        return ReportFiles.Html(ReportPage.Of(record, findings, PlotFiles.Draw(findings, _folder.In("plots"))));
    }

    /// <summary>What the scripts get, by the names of plots.</summary>
    private static Dictionary<string, JsonNode> Charts(string html) =>
        Regex.Matches(html, "<figure><img alt=\"([^\"]*)\"[^>]*>\\s*<script type=\"application/json\">([^<]*)</script>")
            .ToDictionary(match => match.Groups[1].Value, match => JsonNode.Parse(match.Groups[2].Value)!);

    private static JsonNode Panel(JsonNode chart) => Assert.Single(chart["panels"]!.AsArray())!;

    private static double Number(JsonNode? node) => node?.GetValue<double>() ?? double.NaN;

    private static IEnumerable<double> Numbers(JsonArray series, string name) =>
        series.SelectMany(line => line![name]!.AsArray()).Select(Number);

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
