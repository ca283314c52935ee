using System.Globalization;

namespace FLCrowd.Experiments.Configuration;

/// <summary>What values a number may have, beside the <see cref="Magnitude"/> that all have.</summary>
public readonly record struct Bounds(double Minimum, bool Exclusive, double Maximum)
{
    /// <summary>Any number.</summary>
    public static Bounds Any => AtLeast(double.NegativeInfinity);

    /// <summary>A least value, which is among them.</summary>
    public static Bounds AtLeast(double minimum) => new(minimum, false, double.PositiveInfinity);

    /// <summary>A least value, which is not among them.</summary>
    public static Bounds Above(double minimum) => new(minimum, true, double.PositiveInfinity);

    /// <summary>A least and a greatest value, which are among them.</summary>
    public static Bounds Between(double minimum, double maximum) => new(minimum, false, maximum);

    /// <summary>Whether a number is of a <see cref="Magnitude"/> that all have, and within them.</summary>
    public bool Contain(double value) =>
        Magnitude.Fits(value) && (Exclusive ? value > Minimum : value >= Minimum) && value <= Maximum;

    /// <summary>For messages: "at least 0 and at most 1".</summary>
    public override string ToString()
    {
        var least = string.Create(CultureInfo.InvariantCulture, $"{(Exclusive ? "above" : "at least")} {Minimum}");
        return double.IsPositiveInfinity(Maximum) ? least : string.Create(CultureInfo.InvariantCulture, $"{least} and at most {Maximum}");
    }
}
