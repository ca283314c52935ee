using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Models;

internal sealed class CnnOptions
{
    // Measured with `FLCrowd.Bench learn --model cnn --clients 10 --rounds 200 --step-size 0.4`, seeds 1 to 5.
    [Description("Number of 5 x 5 filters. With 8 of them (11,738 parameters), batches of 50 and step size 0.4, ten truthful clients "
        + "reach a test accuracy of .957 to .966 on MNIST within 200 rounds, and with five shirkers among them .799 to .890.")]
    [Range(1, 256)]
    public int Channels { get; set; } = 8;

    [Description("Weight of the regularisation l2/2 |w|^2 of all parameters.")]
    [Range(0, double.PositiveInfinity)]
    public double L2 { get; set; }

    [Description(KernelOption.Description)]
    public Kernel Kernel { get; set; }
}
