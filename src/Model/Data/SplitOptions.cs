using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Data;

/// <summary>How samples to test on are set aside where none are given.</summary>
internal abstract class SplitOptions
{
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [Description("The share of the samples that is set aside to test on, drawn by split-seed.")]
    public double? TestShare { get; set; }

    [Description("Which samples test-share sets aside: another seed, other samples. It does not depend on the game's seed.")]
    public long SplitSeed { get; set; } = 1;
}
