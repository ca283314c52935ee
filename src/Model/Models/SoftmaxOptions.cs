using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Models;

internal sealed class SoftmaxOptions
{
    [Description("Weight of the regularisation l2/2 |w|^2 of all parameters, bias included; the theory needs it above 0.")]
    [Range(0, double.PositiveInfinity)]
    public double L2 { get; set; } = 0.01;

    [Description(KernelOption.Description)]
    public Kernel Kernel { get; set; }
}
