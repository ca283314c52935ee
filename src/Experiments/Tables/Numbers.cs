using System.Globalization;

namespace FLCrowd.Experiments.Tables;

/// <summary>Numbers for people.</summary>
internal static class Numbers
{
    public static string Money(double amount) => amount.ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture);

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
