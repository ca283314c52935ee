using System.Globalization;

namespace FLCrowd.Experiments.Configuration;

/// <summary>What values a number may have, beside the <see cref="Magnitude"/> that all have.</summary>
public readonly record struct Bounds(double Minimum, bool Exclusive, double Maximum)
{
    public static Bounds Any => AtLeast(double.NegativeInfinity);

    public static Bounds AtLeast(double minimum) => new(minimum, false, double.PositiveInfinity);

    public static Bounds Above(double minimum) => new(minimum, true, double.PositiveInfinity);

    public static Bounds Between(double minimum, double maximum) => new(minimum, false, maximum);

    public bool Contain(double value) =>
        Magnitude.Fits(value) && (Exclusive ? value > Minimum : value >= Minimum) && value <= Maximum;

    public override string ToString()
    {
        var least = string.Create(CultureInfo.InvariantCulture, $"{(Exclusive ? "above" : "at least")} {Minimum}");
        return double.IsPositiveInfinity(Maximum) ? least : string.Create(CultureInfo.InvariantCulture, $"{least} and at most {Maximum}");
    }
}
