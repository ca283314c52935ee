using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Models;

internal sealed class LayeredOptions
{
    [Description("The layers, in order: \"conv CHANNELS SIDE\" (filters of SIDE x SIDE, stride 1, no padding), \"pool SIDE\" (the "
        + "maximum of SIDE x SIDE), \"relu\", \"dense UNITS\". A dense layer to the classes follows by itself.")]
    public string[] Layers { get; set; } = ["conv 16 5", "relu", "pool 2", "dense 64", "relu"];

    [Description("Weight of the regularisation l2/2 |w|^2 of all parameters.")]
    [Range(0, double.PositiveInfinity)]
    public double L2 { get; set; }
}
