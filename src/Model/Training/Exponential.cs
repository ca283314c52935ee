using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Model.Training;

/// <summary>
/// e^x of eight numbers that are at most 0, as softmax has them: within 2 units in the last place, and 0 where e^x is below the least
/// normal number. What is not a number stays so.
/// </summary>
/// <remarks>
/// 2^n times a polynomial of what is left, |r| at most ln(2) / 2, as in the Cephes library. Only sums and products, so the bits are the
/// same wherever they are computed.
/// </remarks>
internal static class Exponential
{
    private const float Least = -87.33f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> x)
    {
        // Adding 1.5 * 2^23 rounds to a whole number, in the last bits.
        var magic = Vector256.Create(12582912f);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.44269504f), magic);
        var n = shifted - magic;
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.693359375f), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(2.12194440e-4f), r);
        var p = Vector256.Create(1.9875691500e-4f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.3981999507e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(8.3334519073e-3f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(4.1665795894e-2f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(1.6666665459e-1f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(5.0000001201e-1f));
        p = Vector256.FusedMultiplyAdd(p, r * r, r) + Vector256<float>.One;
        var power = Vector256.ShiftLeft(shifted.AsInt32(), 23) + Vector256<float>.One.AsInt32();
        return Vector256.ConditionalSelect(
            Vector256.LessThan(x, Vector256.Create(Least)), Vector256<float>.Zero, p * power.AsSingle());
    }
}
