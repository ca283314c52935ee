using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Figures;

/// <summary>How figures write means.</summary>
internal static class FigureNumbers
{
    /// <summary>The standard error of a mean in a figure's table.</summary>
    public static Column<double, TRow> StandardError<TRow>(Func<TRow, Moments> mean, string prefix = "", string unit = "") =>
        Column.Measured<TRow>($"{prefix}standard_error", unit, "of the mean", row => mean(row).StandardError);

    /// <summary>The lower end of its interval.</summary>
    public static Column<double, TRow> Low<TRow>(Func<TRow, Moments> mean, string prefix = "", string unit = "") =>
        Column.Measured<TRow>($"{prefix}low", unit, "lower end of the mean's interval (95 %, Student)", row => IntervalOf(mean(row)).Low);

    /// <summary>The upper end of its interval.</summary>
    public static Column<double, TRow> High<TRow>(Func<TRow, Moments> mean, string prefix = "", string unit = "") =>
        Column.Measured<TRow>($"{prefix}high", unit, "its upper end", row => IntervalOf(mean(row)).High);

    /// <summary>What it is a mean over.</summary>
    public static Column<int, TRow> Seeds<TRow>(Func<TRow, Moments> mean) =>
        Column.Whole<TRow>("seeds", "how many seeds, or draws, it is the mean over", row => mean(row).Count);

    private static Interval IntervalOf(Moments moments) => moments.Count < 2 ? new Interval(double.NaN, double.NaN) : Interval.Of(moments);
}
