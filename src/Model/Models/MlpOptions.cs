using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Models;

internal sealed class MlpOptions
{
    [Description("Number of hidden units.")]
    [Range(1, 1 << 16)]
    public int Hidden { get; set; } = 64;

    [Description("Weight of the regularisation l2/2 |w|^2 of all parameters.")]
    [Range(0, double.PositiveInfinity)]
    public double L2 { get; set; }

    [Description(KernelOption.Description)]
    public Kernel Kernel { get; set; }
}
