using System.Globalization;
using System.Text.RegularExpressions;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;

namespace FLCrowd.Host.Tests;

/// <summary>Reports of a run of 2 variants x 2 batch sizes x 2 seeds in the quadratic world, whose tables are part of the tests.</summary>
public sealed class ReportSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_one_file_that_needs_no_network()
    {
        Reported.Write(_folder.CopyOfGoldenRun());
        var html = File.ReadAllText(_folder.In("report.html"));
        Assert.DoesNotMatch(new Regex("(src|href)=[\"'](?!data:)|url\\((?!data:)|@import", RegexOptions.IgnoreCase), html);
        Assert.Contains("a &lt;b&gt; &amp; c", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("flcrowd run two-variants.conf --seed 1", html, StringComparison.Ordinal);
        Assert.Contains("step-size = 0.1", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_are_drawn_as_png_and_svg_with_the_font_in_them()
    {
        Reported.Write(_folder.CopyOfGoldenRun());
        foreach (var name in (string[])["training-loss", "test-loss", "payoffs"])
        {
            var png = File.ReadAllBytes(_folder.In($"plots/{name}.png"));
            Assert.Equal("\x89PNG"u8[^3..].ToArray(), png[1..4]);
            var svg = File.ReadAllText(_folder.In($"plots/{name}.svg"));
            Assert.Contains("@font-face", svg, StringComparison.Ordinal);
            System.Xml.Linq.XDocument.Parse(svg);
        }

        Assert.False(File.Exists(_folder.In("plots/accuracy.png")), "the quadratic world has no accuracy");
    }

    [Fact]
    public void A_summary_is_a_mean_over_seeds_with_its_standard_error()
    {
        var summary = Reported.Summary(_folder.CopyOfGoldenRun());
        Assert.Equal(["variant", "game.assignment"], summary.Columns);
        Assert.Equal(["truthful, assignment 10", "truthful, assignment 60", "a <b> & c, assignment 10", "a <b> & c, assignment 60"],
            summary.Cells.Select(cell => cell.Label(summary.Columns)));
        double[] losses = [.. File.ReadLines(_folder.In("episodes.csv")).Skip(1).Take(2)
            .Select(line => double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture))];
        var cell = summary.Cells[0];
        Assert.Equal(2, cell.Seeds);
        Assert.Equal((losses[0] + losses[1]) / 2, cell.TrainingLoss.Mean, 12);
        Assert.Equal(Math.Abs(losses[0] - losses[1]) / 2, cell.TrainingLoss.StandardError, 12);
        Assert.Equal([0, 2, 4], cell.Curve.Select(point => point.Round));
        Assert.Equal(cell.TrainingLoss, cell.Curve[^1].TrainingLoss);

        var rider = summary.Cells[^1].Strategies.Single(strategy => strategy.Strategy == "free-rider");
        Assert.Equal((1.0, 0.0, 1.0, 0.0), (rider.Clients, rider.Effort.Mean, rider.BatchSize.Mean, rider.Gamma.Mean));
        Assert.Equal(rider.Reward.Mean - rider.Cost.Mean, rider.Payoff.Mean, 12);
        var last = summary.Cells[^1];
        Assert.Equal(last.Strategies.Sum(strategy => strategy.Clients * strategy.Payoff.Mean), last.Rent.Mean, 9);
    }

    [Fact]
    public void Who_loses_money_is_counted_over_episodes_and_clients_and_rounding_is_no_loss()
    {
        var folder = _folder.CopyOfGoldenRun();
        var rows = File.ReadAllLines(_folder.In("clients.csv"));
        const string Covered = "1,10,1,25,20.04,4.960000000000001";
        rows[1] = rows[1].Replace(Covered, "1,10,1,20,20.04,-0.03999999999999915", StringComparison.Ordinal);
        rows[2] = rows[2].Replace(Covered, "1,10,1,20.039999999999996,20.04,-3.552713678800501E-15", StringComparison.Ordinal);
        File.WriteAllLines(_folder.In("clients.csv"), rows);
        var summary = Reported.Summary(folder);
        var truthful = Assert.Single(summary.Cells[0].Strategies);
        Assert.Equal(1 / 6.0, truthful.Losing.Mean, 12); // one of three clients with one of two seeds
        Assert.Equal(1 / 6.0, truthful.Losing.StandardError, 12);
        Assert.Equal(0, summary.Cells[1].Strategies[0].Losing.Mean);

        var table = SweepFindings.Strategies(summary);
        Assert.Equal("P(payoff < 0)", table.Columns[^1].Name);
        Assert.Equal(["0.17 ± 0.17", "0.00"], Reported.Texts(table).Take(2).Select(row => row[^1]));
        Assert.Contains("P(payoff &lt; 0)", File.ReadAllText(_folder.In("report.html")), StringComparison.Ordinal);
        Assert.Equal("0.00", MeanCell.Of(Moments.Of([-1e-13]), "seeds").Text(NumberFormat.Money));
        Assert.Equal("rent", SweepFindings.Outcomes(summary).Columns[^2].Name);
    }

    [Fact]
    public void A_damaged_table_is_named()
    {
        var folder = _folder.CopyOfGoldenRun();
        File.AppendAllText(_folder.In("rounds.csv"), "0,six,1,1,\n");
        Assert.Equal(
            $"{_folder.In("rounds.csv")}: line 26: round is 'six'; must be a whole number",
            Assert.Throws<SettingException>(() => Reported.Write(folder)).Message);
        File.Delete(_folder.In("clients.csv"));
        File.WriteAllText(_folder.In("rounds.csv"), "");
        Assert.Equal(
            $"{_folder.In("clients.csv")}: is missing; a run writes it",
            Assert.Throws<SettingException>(() => Reported.Write(folder)).Message);
    }
}
