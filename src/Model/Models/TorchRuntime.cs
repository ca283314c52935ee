using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>Process-wide settings of torch.</summary>
internal static class TorchRuntime
{
    static TorchRuntime() => torch.set_num_threads(1);

    /// <summary>
    /// Makes torch compute on the calling thread alone: clients are trained side by side instead, which is faster for tensors
    /// this small, and sums then have one order.
    /// </summary>
    public static void UseOneThread()
    {
        // The static constructor does it, once.
    }
}
