using System.Text.Json.Nodes;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
using FLCrowd.Host.Rendering;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Tests;

/// <summary>Findings as data, and what renderers make of them.</summary>
public sealed class FindingsSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_stands_behind_a_plus_minus_is_said_where_it_stands()
    {
        var findings = Reported.Findings(_folder.CopyOfGoldenRun());
        var uncertain = findings.Tables.Where(table => Reported.Texts(table).Any(row => row.Any(text => text.Contains('±')))).ToList();
        Assert.NotEmpty(uncertain);
        Assert.All(uncertain, table =>
        {
            Assert.StartsWith("± is one standard error of the mean over seeds.", table.PlusMinus, StringComparison.Ordinal);
            Assert.EndsWith(table.PlusMinus, table.Notes, StringComparison.Ordinal);
        });

        // Words have none: those that would say what it is are the cells of means.
        Assert.DoesNotContain(
            findings.Tables.SelectMany(table => table.Rows).SelectMany(row => row),
            cell => cell is TextCell or VerdictCell && cell.Text(NumberFormat.Count).Contains('±'));
    }

    [Fact]
    public void A_table_whose_columns_have_different_errors_says_which_is_which()
    {
        var table = FindingTable.Of(
            "Toys",
            (double[])[1, 2],
            TableColumn<double>.Of("weight", row => new MeanCell(row, 0.5, PlusMinus.OfMean("toys")), NumberFormat.Money),
            TableColumn<double>.Of("height", row => new MeanCell(row, 0.5, PlusMinus.OfMean("toys")), NumberFormat.Money),
            TableColumn<double>.Of("price", row => new MeanCell(row, 0.5, PlusMinus.OfInterval("shops")), NumberFormat.Money),
            TableColumn<double>.Of("sure", row => new MeanCell(row, 0, PlusMinus.OfMean("nothing")), NumberFormat.Money));
        Assert.Equal(
            "± of weight, height is one standard error of the mean over toys. "
            + "± of price is half the mean's 95 % confidence interval over shops (Student).",
            table.Notes);
    }

    [Fact]
    public void The_report_opens_with_what_was_asked_and_has_a_glossary_and_shows_each_plot_once()
    {
        var run = RunDirectory.Open(_folder.CopyOfGoldenRun());
        run.Write(run.Read() with { Asked = "Does it pay to be <honest>?" });
        var findings = Reported.Write(_folder.Path);
        var html = File.ReadAllText(_folder.In("report.html"));
        Assert.InRange(html.IndexOf("Does it pay to be &lt;honest&gt;?", StringComparison.Ordinal), 0,
            html.IndexOf("<table", StringComparison.Ordinal));
        Assert.Contains("<h2>Symbols</h2>", html, StringComparison.Ordinal);
        Assert.All(findings.Glossary,
            term => Assert.Contains(System.Net.WebUtility.HtmlEncode(term.Symbol), html, StringComparison.Ordinal));
        Assert.All(findings.Plots, plot => Assert.Equal(2, html.Split($"<img alt=\"{plot.Name}\"").Length));
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plot_that_is_drawn_again_is_the_same()
    {
        Reported.Write(_folder.CopyOfGoldenRun());
        var before = Directory.GetFiles(_folder.In("plots"), "*.svg").Order().Select(File.ReadAllText).ToList();
        Reported.Write(_folder.Path);
        Assert.Equal(before, Directory.GetFiles(_folder.In("plots"), "*.svg").Order().Select(File.ReadAllText));
    }

    [Fact]
    public void A_swept_number_is_an_axis_with_intervals_and_two_are_a_field()
    {
        var summary = new RunSummary(
            ["game.pay", "data.cost"], [.. from pay in (double[])[1, 2, 4] from cost in (double[])[0.1, 1, 10] select Cell(pay, cost)]);
        var plots = SweepFindings.Of(summary).Plots.ToDictionary(plot => plot.Name);
        var over = plots["effort-over-data-cost"].Panels[0];
        Assert.Equal(("data.cost", AxisScale.Log), (over.X.Title, over.X.Scale));
        Assert.Equal([0.1, 1, 10], over.X.Ticks!);
        var lines = over.Series.OfType<LineSeries>().ToList();
        Assert.Equal(["pay 1", "pay 2", "pay 4"], lines.Select(line => line.Name));
        Assert.All(lines, line => Assert.Equal([0.1, 1, 10], line.Points.Select(point => point.X)));
        Assert.All(lines.SelectMany(line => line.Points), point => Assert.True(point.Low < point.Y && point.Y < point.High));
        var field = Assert.IsType<HeatMapSeries>(Assert.Single(plots["effort-field"].Panels[0].Series));
        Assert.Equal([1, 2, 4], field.Columns);
        Assert.Equal(0.5, field.Values[0][1]);

        // Words are none, and two numbers are better read in a table.
        Assert.False(SweptPlots.IsAxis(["flat", "lceme", "vcg"]));
        Assert.False(SweptPlots.IsAxis(["1", "2", "1"]));
        PlotFiles.Draw(SweepFindings.Of(summary), _folder.In("plots"));
        Assert.True(File.Exists(_folder.In("plots/effort-field.png")));
    }

    [Fact]
    public void Whiskers_that_a_caption_promises_are_drawn()
    {
        Assert.Equal(Strokes(0) + 3, Strokes(0.5));

        int Strokes(double half)
        {
            var bar = new PlotBar("", Hue.Strategy("truthful"), 2, 2 - half, 2 + half, "2.00");
            var panel = new PlotPanel("", new PlotAxis("payoff", "money"), PlotAxis.None, [new BarSeries([new BarGroup("all", [bar])])]);
            PlotFiles.Draw(new Findings([new FindingPlot("bars", "whiskers", panel)]), _folder.In("plots"));
            return File.ReadAllText(_folder.In("plots/bars.svg")).Split("stroke-width=\"1.5\"").Length;
        }
    }

    [Fact]
    public void A_caption_promises_no_band_or_whisker_that_is_not_drawn()
    {
        var many = SweepFindings.Of(Reported.Summary(_folder.CopyOfGoldenRun()));
        Assert.Contains("the band is one standard error", Caption(many, "training-loss"), StringComparison.Ordinal);
        var summary = Reported.Summary(_folder.Path);
        var one = SweepFindings.Of(summary with { Cells = [.. summary.Cells.Select(WithoutSpread)] });
        Assert.All(one.Plots, plot => Assert.DoesNotContain("standard error", plot.Caption, StringComparison.Ordinal));
        Assert.Equal("Mean over clients.", Caption(one, "payoffs"));

        static CellSummary WithoutSpread(CellSummary cell) => cell with
        {
            Seeds = 1,
            Curve = [.. cell.Curve.Select(point => point with { TrainingLoss = One(point.TrainingLoss), TestLoss = One(point.TestLoss) })],
            Strategies = [.. cell.Strategies.Select(strategy => strategy with { Payoff = One(strategy.Payoff) })],
        };
        static Moments One(Moments moments) => new(1, moments.Mean, double.NaN);
        static string Caption(Findings findings, string name) => findings.Plots.Single(plot => plot.Name == name).Caption;
    }

    [Fact]
    public void A_curve_has_two_rounds_and_marks_whole_ones()
    {
        var summary = Reported.Summary(_folder.CopyOfGoldenRun());
        Assert.True(SweepFindings.Of(summary).Plots.Single(plot => plot.Name == "test-loss").Panels[0].X.IsWhole);
        var last = summary with { Cells = [.. summary.Cells.Select(cell => cell with { Curve = [cell.Curve[^1]] })] };
        Assert.DoesNotContain(SweepFindings.Of(last).Plots, plot => plot.Name == "test-loss");
    }

    [Fact]
    public void One_colour_means_one_thing()
    {
        var colours = new ReportColours();
        var meanings = Enumerable.Range(0, 10).Select(index => Hue.Of("cell", $"{index}")).Append(Hue.Strategy("1")).Append(Hue.Ink)
            .ToList();
        var given = meanings.Select(meaning => colours[meaning]).Append(ReportColours.Of(GainSide.Above))
            .Append(ReportColours.Of(GainSide.Below)).ToList();
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.Equal(given[3], colours[meanings[3]]);
    }

    [Fact]
    public void A_kind_without_details_gives_programs_its_tables()
    {
        var run = RunDirectory.Open(_folder.CopyOfGoldenRun());
        var table = FindingTable.Of(
            "Toys",
            (double[])[1, double.NaN],
            TableColumn<double>.Name("toy", row => row > 0 ? "ball" : "none"),
            TableColumn<double>.Of(
                "weight", row => new MeanCell(row, 0.5, PlusMinus.OfMean("toys")), NumberFormat.Money, "of a toy", "kg"));
        var json = JsonReport.Of(run.Read(), new Findings([table]), run);
        var written = Assert.Single((JsonArray)json["tables"]!)!;
        Assert.Equal("{\"name\":\"weight\",\"unit\":\"kg\",\"meaning\":\"of a toy\"}", written["columns"]![1]!.ToJsonString());
        Assert.Equal(
            "[[\"ball\",{\"mean\":1,\"standard_error\":0.5}],[\"none\",{\"mean\":null,\"standard_error\":0.5}]]",
            written["rows"]!.ToJsonString());
        Assert.Equal(["1.00 ± 0.50", "–"], Reported.Texts(table).Select(row => row[1]));

        // A kind that has its own details keeps them alone.
        Assert.False(JsonReport.Of(run.Read(), Reported.Write(_folder.Path), run).ContainsKey("tables"));
    }

    private static CellSummary Cell(double pay, double cost) => new(
        [FormattableString.Invariant($"{pay}"), FormattableString.Invariant($"{cost}")], 2, Mean(1), Mean(2), Mean(double.NaN), Mean(3),
        Mean(pay), Mean(cost), [], [])
    {
        Effort = Mean(pay / (pay + 2) + (pay == 2 ? 0 : 0.1 * cost)),
    };

    private static Moments Mean(double value) => new(2, value, 0.01);
}
