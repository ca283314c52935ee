namespace FLCrowd;

/// <summary>
/// How large and how small numbers may be, so that whatever is computed from them stays within double precision: sums over all clients and
/// rounds, products with one another, and the squares and cubes that standard errors and limits are made of. Single numbers that do not
/// overflow are not enough.
/// </summary>
public static class Magnitude
{
    /// <summary>A setting, and a loss, is at most this and at least minus this.</summary>
    public const double Most = 1e60;

    /// <summary>A setting that is not 0 is at least this, or at most minus this.</summary>
    public const double Least = 1e-60;

    /// <summary>An amount of money that is announced or paid is at most this and at least minus this.</summary>
    public const double MostMoney = 1e90;

    /// <summary>Whether a setting may have the value.</summary>
    public static bool Fits(double setting) => setting == 0 || Math.Abs(setting) is >= Least and <= Most;

    /// <summary>Whether a loss is one: finite, and of a size that can be squared and paid for.</summary>
    public static bool IsLoss(double loss) => Math.Abs(loss) <= Most;

    /// <summary>Whether an amount of money can be paid.</summary>
    public static bool IsMoney(double amount) => Math.Abs(amount) <= MostMoney;
}
