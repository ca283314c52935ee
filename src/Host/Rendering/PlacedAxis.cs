using System.Globalization;
using FLCrowd.Experiments.Results;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace FLCrowd.Host.Rendering;

/// <summary>An axis with its data: where values are drawn, and what is marked.</summary>
internal sealed class PlacedAxis
{
    private const int MostPower = 9;

    private readonly PlotAxis _axis;
    private readonly double _minimum;
    private readonly double _maximum;

    /// <param name="axis">The axis.</param>
    /// <param name="values">All values to be shown on it.</param>
    public PlacedAxis(PlotAxis axis, IEnumerable<double> values)
    {
        _axis = axis;
        var finite = values.Concat(axis.Ticks ?? []).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        (_minimum, _maximum) = (finite.Min(), finite.Max());
    }

    /// <summary>Where a value is drawn; on a logarithmic axis what lies below all values ends at the axis.</summary>
    public double At(double value) => _axis.Scale switch
    {
        AxisScale.Log => Math.Log10(Math.Max(value, _minimum / 2)),
        AxisScale.SymmetricLog => Math.Sign(value) * Math.Log10(1 + Math.Abs(value)),
        _ => value,
    };

    /// <summary>Whether a value lies beyond the end of a logarithmic axis.</summary>
    public bool IsBeyond(double value) => _axis.Scale == AxisScale.Log && value < _minimum / 2;

    /// <summary>What stands beside the axis.</summary>
    public string Title => _axis.Ticks is not null ? _axis.Title : _axis.Scale switch
    {
        AxisScale.Log => $"{_axis.Title} (log scale)",
        AxisScale.SymmetricLog => $"{_axis.Title} (log from 1)",
        _ => _axis.Title,
    };

    /// <summary>What is marked; null: what the axis finds itself.</summary>
    public ITickGenerator? Ticks => _axis.Ticks is { } own ? new NumericManual([.. own.Select(value => new Tick(At(value), Text(value)))])
        : _axis.IsWhole ? new NumericAutomatic { IntegerTicksOnly = true }
        : _axis.Scale switch
        {
            AxisScale.Log => new NumericManual([.. Factors()]),
            AxisScale.SymmetricLog => new NumericManual([.. Powers()]),
            _ => null,
        };

    private static string Text(double value) => Math.Round(value, 12).ToString(CultureInfo.InvariantCulture);

    /// <summary>1, 2 and 5 times every power of ten in the range, with the steps between them where the range is short.</summary>
    private IEnumerable<Tick> Factors()
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

    private IEnumerable<Tick> Powers()
    {
        var sizes = Enumerable.Range(0, MostPower).Select(power => Math.Pow(10, power)).ToList();
        return sizes.Select(size => -size).Append(0).Concat(sizes)
            .Select(value => new Tick(At(value), value.ToString("#,0", CultureInfo.InvariantCulture)));
    }
}
