using System.Globalization;
using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Experiments.Tables;

/// <summary>Numbers for people.</summary>
internal static class Numbers
{
    /// <summary>What means of equal numbers may differ by.</summary>
    private const double Rounding = 1e-12;

    /// <summary>A mean with its standard error, where there is one that is not 0: <c>0.563 ± 0.002</c>.</summary>
    public static string Text(Moments moments, string format)
    {
        if (double.IsNaN(moments.Mean))
        {
            return "–";
        }

        // Without sections, a mean just below 0 would be -0.00.
        var mean = moments.Mean.ToString($"{format};-{format};{format}", CultureInfo.InvariantCulture);
        return double.IsNaN(moments.StandardError) || moments.StandardError <= Rounding * Math.Abs(moments.Mean) ? mean : $"{mean} ± {moments.StandardError.ToString(format, CultureInfo.InvariantCulture)}";
    }

    public static string Money(double amount) => amount.ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>A mean alone.</summary>
    public static string Mean(Moments moments) =>
        double.IsNaN(moments.Mean) ? "–" : moments.Mean.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Count(double count) => count.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>Such as "1 game", "1,000 games".</summary>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Rate(double perSecond) => perSecond.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Duration(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
