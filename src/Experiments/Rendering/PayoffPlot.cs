using FLCrowd.Experiments.Sweeps;
using FLCrowd.Experiments.Tables;
using ScottPlot;

namespace FLCrowd.Experiments.Rendering;

/// <summary>What a client of each strategy earns: a group of bars per cell, the numbers at their ends.</summary>
internal static class PayoffPlot
{
    private const double GroupHeight = 0.8;

    public static Plot? Create(RunSummary summary)
    {
        var strategies = summary.Cells.SelectMany(cell => cell.Strategies.Select(strategy => strategy.Strategy)).Distinct().ToList();
        if (strategies.Count == 0)
        {
            return null;
        }

        var plot = PlotStyle.Create("Payoff of a client, by strategy", "payoff per episode: reward less cost (money)", "");
        var bars = new List<Bar>();
        double position = 0;
        var ticks = new List<Tick>();
        foreach (var cell in summary.Cells)
        {
            double height = GroupHeight;
            ticks.Add(new Tick(position - (cell.Strategies.Count - 1) / 2.0 * height, cell.Label(summary.Columns)));
            foreach (var strategy in cell.Strategies)
            {
                bars.Add(Bar(position, height, strategy, PlotStyle.Colour(strategies.IndexOf(strategy.Strategy))));
                position -= height;
            }

            position -= 1 - GroupHeight + 0.3;
        }

        var plotted = plot.Add.Bars(bars);
        plotted.Horizontal = true;
        plotted.ValueLabelStyle.FontSize = 12;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Margins(0.15, 0.05);
        plot.Add.VerticalLine(0, 1, Color.FromHex("#333333"));
        foreach (var strategy in strategies)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = strategy, FillColor = PlotStyle.Colour(strategies.IndexOf(strategy)) });
        }

        plot.ShowLegend(Edge.Right);
        return plot;
    }

    /// <summary>Pixels that the plot needs, so that bars are equally thick in all.</summary>
    public static int Height(RunSummary summary) => 130 + summary.Cells.Sum(cell => 12 + 26 * Math.Max(1, cell.Strategies.Count));

    private static Bar Bar(double position, double height, StrategySummary strategy, Color colour) => new()
    {
        Position = position,
        Value = strategy.Payoff.Mean,
        Error = strategy.Payoff.Band,
        Size = height * 0.9,
        FillColor = colour,
        LineWidth = 0,
        Orientation = Orientation.Horizontal,
        Label = Numbers.Money(strategy.Payoff.Mean),
    };
}
