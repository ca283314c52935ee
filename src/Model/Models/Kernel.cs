namespace FLCrowd.Model.Models;

/// <summary>What computes a network.</summary>
internal enum Kernel
{
    /// <summary>Code written for the one network, on vector instructions.</summary>
    Simd,

    /// <summary>Torch: its operators and its gradient.</summary>
    Torch,
}

/// <summary>What the options say about it.</summary>
internal static class KernelOption
{
    public const string Description =
        "What computes it: simd, a fast path written for this model, or torch, the library's own operators and "
        + "gradient. The mathematics is the same, and so is the trained model, up to rounding.";
}
