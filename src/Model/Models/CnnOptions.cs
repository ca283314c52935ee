using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Models;

internal sealed class CnnOptions
{
    [Description("Number of 5 x 5 filters.")]
    [Range(1, 256)]
    public int Channels { get; set; } = 8;

    [Description("Weight of the regularisation l2/2 |w|^2 of all parameters.")]
    [Range(0, double.PositiveInfinity)]
    public double L2 { get; set; }
}
