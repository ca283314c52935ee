namespace FLCrowd.Experiments.Results;

/// <summary>Something that is drawn in a panel.</summary>
public abstract record PlotSeries;

/// <summary>
/// What a colour stands for. Equal meanings have equal colours throughout a report, different ones do not share any, as far as there are
/// colours.
/// </summary>
/// <param name="Kind">Such as a strategy, a cell of a sweep, a verdict.</param>
/// <param name="Name">Which of these.</param>
public readonly record struct Hue(string Kind, string Name)
{
    /// <summary>What has no meaning of its own.</summary>
    public static Hue Ink { get; } = new("ink", "");

    /// <summary>Of a strategy.</summary>
    public static Hue Strategy(string name) => new("strategy", name);

    /// <summary>Of a line of a kind of plot.</summary>
    public static Hue Of(string kind, string name) => new(kind, name);

    /// <summary>Of a verdict on a gain; these are no colours of others.</summary>
    public static Hue Verdict(GainSide side) => new("verdict", side.ToString());
}

/// <summary>On which side of what counts a gain is.</summary>
public enum GainSide
{
    /// <summary>It counts.</summary>
    Above,

    /// <summary>It does not.</summary>
    Below,

    /// <summary>Not known yet.</summary>
    Open,
}

/// <summary>A point with an interval around its height; equal ends: it has none.</summary>
public readonly record struct PlotPoint(double X, double Y, double Low, double High)
{
    /// <summary>A point without an interval.</summary>
    public PlotPoint(double x, double y)
        : this(x, y, y, y)
    {
    }
}

/// <summary>A line through points, with a band through their intervals.</summary>
/// <param name="Name">In the legend; empty: it is not there.</param>
/// <param name="Hue">What its colour stands for.</param>
/// <param name="Points">From left to right.</param>
public sealed record LineSeries(string Name, Hue Hue, IReadOnlyList<PlotPoint> Points) : PlotSeries
{
    /// <summary>The marker at its points, from 1 on; 0: none.</summary>
    public int Marker { get; init; }

    /// <summary>Whether intervals are whiskers at its points, and not a band: for few points.</summary>
    public bool HasWhiskers { get; init; }

    /// <summary>Whether it is the background of another one.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Its width, relative to others.</summary>
    public double Weight { get; init; } = 1;
}

/// <summary>Horizontal bars from 0, in groups from top to bottom.</summary>
/// <param name="Groups">The groups.</param>
public sealed record BarSeries(IReadOnlyList<BarGroup> Groups) : PlotSeries;

/// <summary>Bars that belong together.</summary>
/// <param name="Name">Beside them, or above them where bars have names; may be empty.</param>
/// <param name="Bars">The bars.</param>
public sealed record BarGroup(string Name, IReadOnlyList<PlotBar> Bars);

/// <summary>A bar.</summary>
/// <param name="Name">Beside it; may be empty.</param>
/// <param name="Hue">What its colour stands for.</param>
/// <param name="Value">Where it ends.</param>
/// <param name="Low">Where its whisker begins; equal to the value: it has none.</param>
/// <param name="High">Where its whisker ends.</param>
/// <param name="Label">At its end.</param>
public sealed record PlotBar(string Name, Hue Hue, double Value, double Low, double High, string Label)
{
    /// <summary>How full its colour is, in (0, 1].</summary>
    public double Strength { get; init; } = 1;
}

/// <summary>Ranges around points, a row each, in groups from top to bottom: a forest plot.</summary>
/// <param name="Groups">The groups.</param>
public sealed record RangeSeries(IReadOnlyList<RangeGroup> Groups) : PlotSeries
{
    /// <summary>What the sides are called.</summary>
    public static IReadOnlyList<(GainSide Side, string Name)> Sides { get; } =
    [
        (GainSide.Above, "counts: above the threshold"), (GainSide.Below, "does not count"), (GainSide.Open, "not settled"),
    ];
}

/// <summary>Ranges that belong together.</summary>
/// <param name="Name">Above them.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Threshold">What is marked across them.</param>
public sealed record RangeGroup(string Name, IReadOnlyList<RangeRow> Rows, double Threshold);

/// <summary>A range around a point; what lies left of the axis's beginning is named there.</summary>
/// <param name="Name">Beside it.</param>
/// <param name="Value">The point.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Side">What it says.</param>
public sealed record RangeRow(string Name, double Value, double Low, double High, GainSide Side);

/// <summary>Ways and points on the triangle of mixtures of three.</summary>
/// <param name="Corners">What the corners are: left, right, top.</param>
/// <param name="Ways">The ways.</param>
/// <param name="Points">The points.</param>
public sealed record TernarySeries(IReadOnlyList<string> Corners, IReadOnlyList<TernaryWay> Ways, IReadOnlyList<TernaryPoint> Points)
    : PlotSeries;

/// <summary>A way through mixtures, with an arrow.</summary>
/// <param name="Name">In the legend, once for all ways of that name; empty: not there.</param>
/// <param name="Hue">What its colour stands for.</param>
/// <param name="Mixtures">Three shares each.</param>
public sealed record TernaryWay(string Name, Hue Hue, IReadOnlyList<double[]> Mixtures);

/// <summary>A mixture that is marked.</summary>
/// <param name="Mixture">Three shares.</param>
/// <param name="IsFull">Whether its circle is filled.</param>
public sealed record TernaryPoint(double[] Mixture, bool IsFull);

/// <summary>A field of values over two swept quantities, more colour for more.</summary>
/// <param name="Columns">The values along the horizontal axis, from left to right.</param>
/// <param name="Rows">The values along the vertical axis, from bottom to top.</param>
/// <param name="Values">By row, then column; NaN where there is none.</param>
/// <param name="Format">How its values are written in the field.</param>
public sealed record HeatMapSeries(
    IReadOnlyList<double> Columns, IReadOnlyList<double> Rows, IReadOnlyList<IReadOnlyList<double>> Values, NumberFormat Format)
        : PlotSeries;
