using System.Globalization;

namespace FLCrowd.Experiments.Results;

/// <summary>How numbers are written.</summary>
/// <param name="Pattern">As .NET formats numbers.</param>
/// <param name="Large">The same for numbers of 100 and more, of either sign; null: as others.</param>
public sealed record NumberFormat(string Pattern, string? Large = null)
{
    private const double LargeFrom = 100;

    /// <summary>The same for what stands behind a ±; null: as other numbers.</summary>
    public string? Spread { get; init; }

    /// <summary>Whole where it is, with thousands apart: <c>1,234</c>.</summary>
    public static NumberFormat Count { get; } = new("#,0.##");

    /// <summary>Two digits behind the point, as few as the number has: <c>0.5</c>.</summary>
    public static NumberFormat Short { get; } = new("0.##");

    /// <summary>Money: <c>12.30</c>.</summary>
    public static NumberFormat Money { get; } = new("0.00");

    /// <summary>Much money: <c>1,230</c>.</summary>
    public static NumberFormat WholeMoney { get; } = new("#,0");

    /// <summary>Losses, and accuracy: <c>0.1234</c>.</summary>
    public static NumberFormat Loss { get; } = new("0.0000");

    /// <summary>Shares: <c>0.123</c>.</summary>
    public static NumberFormat Share { get; } = new("0.000");

    /// <summary>Four digits, wherever the point is: <c>0.0001234</c>; two of an error.</summary>
    public static NumberFormat Significant { get; } = new("G4") { Spread = "G2" };

    /// <summary>What stands behind a ±, for people.</summary>
    public string SpreadText(double value) => Spread is { } spread ? value.ToString(spread, CultureInfo.InvariantCulture) : Text(value);

    /// <summary>A number for people.</summary>
    public string Text(double value)
    {
        var pattern = Large is not null && Math.Abs(value) >= LargeFrom ? Large : Pattern;

        // Without sections, a number just below 0 would be -0.00.
        bool isCustom = pattern.Contains('0', StringComparison.Ordinal) && !pattern.Contains(';', StringComparison.Ordinal);
        return value.ToString(isCustom ? $"{pattern};-{pattern};{pattern}" : pattern, CultureInfo.InvariantCulture);
    }
}
