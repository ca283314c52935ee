using System.Runtime.InteropServices;
using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>Settings of torch.</summary>
internal static partial class TorchRuntime
{
    // Parameters of mallopt, from glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    [ThreadStatic]
    private static bool _prepared;

    /// <summary>
    /// Makes torch compute on the calling thread alone: clients are trained side by side instead, which is faster for tensors
    /// this small, and sums then have one order.
    /// </summary>
    /// <remarks>
    /// Every thread must say so before its first matrix product: what torch hands on to MKL is a setting of one thread, and a
    /// thread that torch has not prepared yet multiplies on all cores, with other bits.
    /// </remarks>
    public static void UseOneThread()
    {
        if (!_prepared)
        {
            torch.set_num_threads(1);
            KeepMemory();
            _prepared = true;
        }
    }

    /// <summary>
    /// Lets glibc keep the memory of large temporaries, which it would give back to the system and fault in again at every
    /// operator: half the time of the CNN.
    /// </summary>
    private static void KeepMemory()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetAllocator(TrimThreshold, 256 << 20);
            _ = SetAllocator(MapThreshold, 32 << 20); // the most that it accepts
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
