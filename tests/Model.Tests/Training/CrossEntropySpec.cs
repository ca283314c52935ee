using System.Runtime.Intrinsics;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Training;

public class CrossEntropySpec
{
    [Fact]
    public void Exponentials_are_within_two_units_in_the_last_place()
    {
        // Every 1,000th number from -87.33 to 0, and those near 0.
        double worst = 0;
        for (uint bits = 0x80000000; bits < BitConverter.SingleToUInt32Bits(-87.32f); bits += 1009)
        {
            float x = BitConverter.UInt32BitsToSingle(bits);
            float found = Of(x);
            double exact = Math.Exp(x);
            worst = Math.Max(worst, Math.Abs(found - exact) / (MathF.BitIncrement((float)exact) - (float)exact));
        }

        Assert.InRange(worst, 0.4, 2);
        Assert.Equal(1, Of(0));
        Assert.Equal(0, Of(-88));
        Assert.Equal(0, Of(-1e30f));
        Assert.Equal(0, Of(float.NegativeInfinity));
        Assert.True(float.IsNaN(Of(float.NaN)));

        static float Of(float x) => Exponential.Of(Vector256.Create(x))[3];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(17)]
    [InlineData(256)]
    public void Losses_and_slopes_are_those_of_the_definition(int classes)
    {
        int stride = Logits.Stride(classes);
        const int Count = 9;
        var logits = new float[Count * stride];
        Array.Fill(logits, float.NaN);
        byte[] labels = [.. Enumerable.Range(0, Count).Select(row => (byte)(row * 31 % classes))];
        for (int row = 0; row < Count; row++)
        {
            for (int k = 0; k < classes; k++)
            {
                logits[row * stride + k] = (float)((row + 1) * 3 * new Seed(3).For("logit", row).Normal(k));
            }
        }

        double[][] rows = [.. logits.Chunk(stride).Select(row => Reference.Widen(row.AsSpan(0, classes)))];
        for (int row = 0; row < Count; row++)
        {
            var (loss, taken) = CrossEntropy.Loss(logits.AsSpan(row * stride, stride), labels[row], classes);
            Assert.Equal(Reference.CrossEntropy(rows[row], labels[row]), loss, 1e-5);
            Assert.Equal(Array.IndexOf(rows[row], rows[row].Max()), taken);
        }

        CrossEntropy.ToSlopes(logits, labels, classes);
        for (int row = 0; row < Count; row++)
        {
            double max = rows[row].Max(), sum = rows[row].Sum(logit => Math.Exp(logit - max));
            for (int k = 0; k < stride; k++)
            {
                double expected = k < classes ? (Math.Exp(rows[row][k] - max) / sum) - (k == labels[row] ? 1 : 0) : 0;
                Assert.Equal(expected, logits[row * stride + k], 1e-6);
            }
        }
    }

    [Fact]
    public void Of_equal_logits_the_first_counts_and_what_is_no_number_stays_so()
    {
        var logits = new float[Logits.Stride(10)];
        logits[4] = logits[9] = 2;
        Assert.Equal(4, CrossEntropy.Loss(logits, 0, 10).Taken);
        logits[7] = float.NaN;
        var (loss, taken) = CrossEntropy.Loss(logits, 0, 10);
        Assert.True(double.IsNaN(loss));
        Assert.Equal(7, taken);
        CrossEntropy.ToSlopes(logits, [0], 10);
        Assert.True(float.IsNaN(logits[3]));
    }
}
