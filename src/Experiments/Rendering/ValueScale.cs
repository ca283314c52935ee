using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FLCrowd.Experiments.Rendering;

/// <summary>A vertical axis that turns logarithmic where values differ by factors, so that a bad start does not flatten the rest.</summary>
internal sealed class ValueScale
{
    private const double LogarithmicFrom = 3;

    private readonly double _minimum;
    private readonly double _maximum;

    /// <param name="values">All values to be shown.</param>
    /// <param name="mayBeLogarithmic">Whether the quantity has a scale of factors at all; a share has none.</param>
    public ValueScale(IReadOnlyCollection<double> values, bool mayBeLogarithmic)
    {
        _minimum = values.DefaultIfEmpty(0).Min();
        _maximum = values.DefaultIfEmpty(0).Max();
        IsLogarithmic = mayBeLogarithmic && _minimum > 0 && _maximum / _minimum > LogarithmicFrom;
    }

    public bool IsLogarithmic { get; }

    /// <summary>Where a value is drawn; a band below all values ends at the axis.</summary>
    public double At(double value) => IsLogarithmic ? Math.Log10(Math.Max(value, _minimum / 2)) : value;

    public void Label(Plot plot, string quantity)
    {
        plot.YLabel(IsLogarithmic ? $"{quantity} (log scale)" : quantity);
        if (IsLogarithmic)
        {
            plot.Axes.Left.TickGenerator = new NumericManual([.. Ticks()]);
        }
    }

    /// <summary>1, 2 and 5 times every power of ten in the range, with the steps between them where the range is short.</summary>
    private IEnumerable<Tick> Ticks()
    {
        double[] labeled = _maximum / _minimum < 30 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : _maximum / _minimum < 3000 ? [1, 2, 5] : [1];
        for (int power = (int)Math.Floor(Math.Log10(_minimum)) - 1; power <= Math.Log10(_maximum) + 1; power++)
        {
            foreach (double step in labeled)
            {
                double value = step * Math.Pow(10, power);
                yield return new Tick(Math.Log10(value), value.ToString("0.########", CultureInfo.InvariantCulture));
            }
        }
    }
}
