using System.Globalization;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Durations as HOCON writes them.</summary>
internal static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    /// <summary>A duration above 0, or null.</summary>
    public static TimeSpan? Parse(string? text)
    {
        foreach (var (unit, length) in Units)
        {
            if (text?.EndsWith(unit, StringComparison.Ordinal) == true
                && double.TryParse(
                    text[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture, out double number)
                && number * length.TotalMilliseconds is >= 1 and < int.MaxValue)
            {
                return number * length;
            }
        }

        return null;
    }
}
