using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Model.Training;

/// <summary>The cross-entropy of softmax probabilities. Logits lie in rows of <see cref="Logits.Stride"/> numbers.</summary>
internal static class CrossEntropy
{
    private const int Lanes = 8;

    /// <summary>
    /// Turns logits [D x K] into the derivatives of each sample's loss by them: softmax minus one-hot, in place, and 0 behind the last
    /// class.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToSlopes(Span<float> logits, ReadOnlySpan<byte> labels, int classCount)
    {
        int stride = Logits.Stride(classCount);
        for (int row = 0; row < labels.Length; row++)
        {
            var sample = logits.Slice(row * stride, stride);
            ref float first = ref MemoryMarshal.GetReference(sample);
            var max = Vector256.Create(Max(ref first, classCount));
            var sums = Vector256<float>.Zero;
            for (int k = 0; k < stride; k += Lanes)
            {
                var powers = Exponential.Of(Lane(ref first, k, classCount) - max);
                sums += powers;
                powers.StoreUnsafe(ref first, (nuint)k);
            }

            float scale = 1 / Vector256.Sum(sums);
            for (int k = 0; k < stride; k += Lanes)
            {
                (Vector256.LoadUnsafe(ref first, (nuint)k) * scale).StoreUnsafe(ref first, (nuint)k);
            }

            sample[labels[row]] -= 1;
        }
    }

    /// <summary>-log softmax of a sample's logits at its label; and the class that it is taken for, of equal ones the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Loss, int Taken) Loss(ReadOnlySpan<float> logits, byte label, int classCount)
    {
        ref float first = ref MemoryMarshal.GetReference(logits);
        float max = Max(ref first, classCount);
        var maxima = Vector256.Create(max);
        var sums = Vector256<float>.Zero;
        int taken = -1;
        for (int k = 0; k < classCount; k += Lanes)
        {
            var lane = Lane(ref first, k, classCount);
            sums += Exponential.Of(lane - maxima);
            uint found = Vector256.Equals(lane, maxima).ExtractMostSignificantBits();
            taken = taken < 0 && found != 0 ? k + System.Numerics.BitOperations.TrailingZeroCount(found) : taken;
        }

        float sum = Vector256.Sum(sums);
        if (float.IsNaN(sum))
        {
            taken = TensorPrimitives.IndexOfMax(logits[..classCount]);
        }

        return (Math.Log(sum) + max - logits[label], taken);
    }

    /// <summary>Eight logits, and minus infinity for what is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Lane(ref float logits, int k, int classCount) => Vector256.ConditionalSelect(
        Vector256.LessThan(Vector256.CreateSequence(k, 1), Vector256.Create(classCount)).AsSingle(),
        Vector256.LoadUnsafe(ref logits, (nuint)k),
        Vector256.Create(float.NegativeInfinity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(ref float logits, int classCount)
    {
        var maxima = Lane(ref logits, 0, classCount);
        for (int k = Lanes; k < classCount; k += Lanes)
        {
            maxima = Vector256.MaxNative(maxima, Lane(ref logits, k, classCount));
        }

        var four = Vector128.MaxNative(maxima.GetLower(), maxima.GetUpper());
        var two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.MaxNative(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
