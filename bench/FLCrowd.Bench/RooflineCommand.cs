using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Bench;

/// <summary><c>roofline</c>: what this machine can do at most, on one thread and on all: multiply and add, read memory, read rows of it.
/// </summary>
internal static class RooflineCommand
{
    private const int Repetitions = 7;
    private const int Floats = 1 << 26;
    private const int RowFloats = 112;

    public static Command Create()
    {
        var command = new Command("roofline", "The most that this machine can compute and read, in medians of seven.");
        command.SetAction(_ =>
        {
            var memory = new float[Floats];
            Array.Fill(memory, 1);
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                double products = Rate(threads, 2.0 * Lanes * Chains * Steps, _ => MultiplyAndAdd());
                double stream = Rate(threads, sizeof(float) * (double)(Floats / threads), thread => Read(memory, thread, threads));
                double rows = Rate(threads, sizeof(float) * (double)RowFloats * Rows, thread => ReadRows(memory, thread));
                Console.WriteLine(
                    $"{threads} thread(s): {products:f1} GFLOP/s, {stream:f1} GB/s in order, {rows:f1} GB/s in rows of " +
                    $"{RowFloats * sizeof(float)} bytes anywhere");
            }
        });
        return command;
    }

    private const int Chains = 12;
    private const int Steps = 4_000_000;
    private const int Rows = 200_000;

    private static int Lanes => Vector512.IsHardwareAccelerated ? 16 : 8;

    /// <summary>Work per nanosecond of all threads, the median.</summary>
    private static double Rate(int threads, double work, Func<int, float> run)
    {
        var rates = new double[Repetitions + 1];
        for (int repetition = 0; repetition < rates.Length; repetition++)
        {
            var meter = Meter.Start();
            Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread => Kept[thread * 16] = run(thread));

            // By processor time: what other programs take is not this one's.
            rates[repetition] = threads * work / (1000 * meter.Stop(threads).Cpu);
        }

        return rates[1..].Order().ElementAt(Repetitions / 2); // the first was the just-in-time compiler's
    }

    private static readonly float[] Kept = new float[16 * Environment.ProcessorCount];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAndAdd() => Vector512.IsHardwareAccelerated ? MultiplyAndAdd512() : MultiplyAndAdd256();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAndAdd256()
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAndAdd512()
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + (g + h + i + j + k + l));
    }

    private static float Read(float[] memory, int thread, int threads)
    {
        int length = Floats / threads;
        return Sum(ref memory[thread * length], length);
    }

    private static float ReadRows(float[] memory, int thread)
    {
        var seed = new Seed(1).For("rows", thread);
        float sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            sum += Sum(ref memory[seed.Index(Floats / RowFloats, row) * RowFloats], RowFloats);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ref float from, int length)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (nuint k = 0; k + 32 <= (nuint)length; k += 32)
        {
            a += Vector256.LoadUnsafe(ref from, k);
            b += Vector256.LoadUnsafe(ref from, k + 8);
            c += Vector256.LoadUnsafe(ref from, k + 16);
            d += Vector256.LoadUnsafe(ref from, k + 24);
        }

        return Vector256.Sum(a + b + (c + d));
    }
}
