using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Tables;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FLCrowd.Experiments.Rendering;

/// <summary>A forest plot of one block: under each client its best deviations, with their intervals, and the gain that counts.</summary>
internal static class RegretPlot
{
    private const int Deviations = 12;

    /// <summary>A long way below 0 is left out: how bad a bad deviation is, is not the question.</summary>
    private const double LeftShare = 1.5;

    public static Plot? Create(RegretResult result)
    {
        if (result.Clients.Count == 0)
        {
            return null;
        }

        var title = result.Block.Name.Length == 0 ? "Gains of deviating" : $"Gains of deviating: {result.Block.Name}";
        var plot = PlotStyle.Create(title, "gain (money): payoff of the deviator less its payoff in the profile", "");
        var shown = result.Clients.ToDictionary(client => client, client => Shown(result, client));
        double right = shown.Values.SelectMany(gains => gains).Max(gain => Math.Max(gain.Limits.High, gain.Threshold));
        double left = -Math.Max(LeftShare * right, 2 * result.Clients.Max(client => client.Best.Threshold));
        left = Math.Max(left, Math.Min(0, shown.Values.SelectMany(gains => gains).Min(gain => gain.Limits.Low)));
        if (right <= left)
        {
            (left, right) = (left - 1, right + 1);
        }

        var ticks = new List<Tick>();
        double at = 0;
        foreach (var client in result.Clients)
        {
            ticks.Add(new Tick(at, $"client {client.Client.Client}:  e, D/D', gamma"));
            double top = at - 0.5;
            foreach (var gain in shown[client])
            {
                at--;
                ticks.Add(new Tick(at, gain.Deviation.Action));
                Draw(plot, gain, at, left);
            }

            var threshold = plot.Add.Line(client.Best.Threshold, top, client.Best.Threshold, at - 0.5);
            threshold.Color = Colour(GainVerdict.Above);
            threshold.LineWidth = 1.5f;
            at -= 1.6;
        }

        var zero = plot.Add.VerticalLine(0, 1, Color.FromHex("#333333"));
        plot.MoveToBack(zero);
        plot.Axes.Left.TickGenerator = new NumericManual([.. ticks]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(left - 0.02 * (right - left), right + 0.04 * (right - left), at + 0.8, 0.8);
        foreach (var (verdict, text) in ((GainVerdict, string)[])[
            (GainVerdict.Above, "counts: above the threshold"), (GainVerdict.Below, "does not count"), (GainVerdict.Open, "not settled")])
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = text, MarkerShape = MarkerShape.FilledCircle, MarkerColor = Colour(verdict), MarkerSize = 9 });
        }

        plot.Legend.ManualItems.Add(new LegendItem { LabelText = "the threshold", LineColor = Colour(GainVerdict.Above), LineWidth = 1.5f });
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    /// <summary>Pixels that the plot needs, so that rows are equally high in all.</summary>
    public static int Height(RegretResult result) => 120 + (int)(19 * result.Clients.Sum(client => Shown(result, client).Count + 1.6));

    private static List<DeviationGain> Shown(RegretResult result, ClientRegret client) =>
        [.. result.Gains.Where(gain => gain.Deviation.Client == client.Client.Client).OrderByDescending(gain => gain.Mean).Take(Deviations)];

    private static void Draw(Plot plot, DeviationGain gain, double at, double left)
    {
        var colour = Colour(gain.Verdict);
        bool outside = gain.Limits.High < left;
        var whisker = plot.Add.Line(Math.Max(left, gain.Limits.Low), at, Math.Max(left, gain.Limits.High), at);
        whisker.Color = colour;
        whisker.LineWidth = 2;
        var mark = plot.Add.Marker(Math.Max(left, gain.Mean), at, gain.Mean < left ? MarkerShape.FilledTriangleUp : MarkerShape.FilledCircle, 7, colour);
        if (gain.Mean < left)
        {
            // An arrow to where it is.
            mark.IsVisible = false;
            var text = plot.Add.Text(outside ? $"< {Numbers.Money(gain.Mean)}" : "<", left, at);
            text.LabelFontColor = colour;
            text.LabelFontSize = 11;
            text.LabelAlignment = Alignment.MiddleLeft;
        }
    }

    private static Color Colour(GainVerdict verdict) => verdict switch
    {
        GainVerdict.Above => PlotStyle.Colour(1),
        GainVerdict.Below => PlotStyle.Colour(0),
        _ => Color.FromHex("#8A8A8A"),
    };
}
