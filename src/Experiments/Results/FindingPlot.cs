namespace FLCrowd.Experiments.Results;

/// <summary>A plot.</summary>
/// <param name="Name">Of its files, without extension.</param>
/// <param name="Caption">What is to be seen, and what its bands and whiskers are.</param>
/// <param name="Panels">One below the other, over the same horizontal axis.</param>
public sealed record FindingPlot(string Name, string Caption, params IReadOnlyList<PlotPanel> Panels) : Finding
{
    /// <summary>Whether two of its kind stand beside each other where there is room.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The part of a collection whose folder has its files; null: they are this run's.</summary>
    public string? Part { get; init; }
}

/// <summary>Data and their axes.</summary>
/// <param name="Title">Above the panel; may be empty, and have two lines.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Series">What is drawn, the first below the others.</param>
public sealed record PlotPanel(string Title, PlotAxis X, PlotAxis Y, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Where its legend stands.</summary>
    public LegendPlace Legend { get; init; } = LegendPlace.Right;
}

/// <summary>Where a legend stands.</summary>
public enum LegendPlace
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Beside the panel.</summary>
    Right,

    /// <summary>Below it, in lines.</summary>
    Below,
}

/// <summary>An axis.</summary>
/// <param name="Name">What is measured along it.</param>
/// <param name="Unit">In what; empty for pure numbers.</param>
public sealed record PlotAxis(string Name, string Unit = "")
{
    /// <summary>No axis: bars and ranges have their names there.</summary>
    public static PlotAxis None { get; } = new("");

    /// <summary>How values are placed along it.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>The only values that are marked; null: round ones.</summary>
    public IReadOnlyList<double>? Ticks { get; init; }

    /// <summary>Whether only whole numbers are marked.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Where it begins; null: where the data do.</summary>
    public double? From { get; init; }

    /// <summary>Where it ends; null: where the data do.</summary>
    public double? To { get; init; }

    /// <summary>Whether a line marks 0.</summary>
    public bool MarksZero { get; init; }

    /// <summary>Name and unit.</summary>
    public string Title => Unit.Length == 0 ? Name : $"{Name} ({Unit})";

    /// <summary>From how large a factor between values on a logarithmic axis shows more.</summary>
    private const double LogarithmicFrom = 3;

    /// <summary>A scale that turns logarithmic where values differ by factors, so that a bad start does not flatten the rest.</summary>
    public static AxisScale ScaleOf(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return finite.Min() > 0 && finite.Max() / finite.Min() > LogarithmicFrom ? AxisScale.Log : AxisScale.Linear;
    }
}

/// <summary>How values are placed along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally far apart.</summary>
    Linear,

    /// <summary>Equal factors are equally far apart.</summary>
    Log,

    /// <summary>Linear up to about 1, logarithmic beyond, for both signs.</summary>
    SymmetricLog,
}
