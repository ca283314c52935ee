using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>How figures write means.</summary>
internal static class FigureNumbers
{
    /// <summary>What bands and numbers are.</summary>
    public const string Explanation = "Mean over seeds (or draws, Figs. 6 and 7); bands and ± are the mean's 95 % confidence interval "
        + "(Student).";

    /// <summary>What stands behind a ±.</summary>
    public const string PlusMinus = "± is half the mean's 95 % confidence interval over seeds (Student).";

    /// <summary>The columns that follow a mean in a figure's data.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["standard_error", "low", "high", "seeds"];

    public static IReadOnlyList<object> Fields(Moments moments)
    {
        var interval = moments.Count < 2 ? new Interval(double.NaN, double.NaN) : Interval.Of(moments);
        return [moments.StandardError, interval.Low, interval.High, moments.Count];
    }
}
