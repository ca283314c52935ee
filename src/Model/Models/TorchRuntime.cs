using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>Settings of torch.</summary>
internal static class TorchRuntime
{
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
            _prepared = true;
        }
    }
}
