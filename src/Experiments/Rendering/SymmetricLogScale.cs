using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FLCrowd.Experiments.Rendering;

/// <summary>A vertical axis for money of either sign over many orders of magnitude: linear up to about 1, logarithmic beyond.</summary>
internal static class SymmetricLogScale
{
    private const int MostPower = 9;

    public static double At(double value) => Math.Sign(value) * Math.Log10(1 + Math.Abs(value));

    public static void Label(Plot plot, string title)
    {
        plot.YLabel($"{title} (log from 1)");
        var sizes = Enumerable.Range(0, MostPower).Select(power => Math.Pow(10, power)).ToList();
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. sizes.Select(size => -size).Append(0).Concat(sizes).Select(value => new Tick(At(value), value.ToString("#,0", CultureInfo.InvariantCulture)))]);
    }
}
