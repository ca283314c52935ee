using System.Globalization;
using System.Numerics;

namespace FLCrowd;

/// <summary>
/// Whole numbers as people write them, on the command line, in configurations and in options of plug-ins: <c>100000</c>, <c>1e5</c> and
/// <c>1.0e5</c> are the same one.
/// </summary>
public static class WholeNumber
{
    private const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number, or null where the text is none, has a fraction, or does not fit.</summary>
    /// <typeparam name="T">The type that it must fit into, such as int or ulong.</typeparam>
    /// <param name="text">What was written; spaces around it are not allowed.</param>
    public static T? Parse<T>(string? text)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, Written, CultureInfo.InvariantCulture, out var number) ? number : null;
}
