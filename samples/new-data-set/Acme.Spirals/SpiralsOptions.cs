using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Spirals;

internal sealed class SpiralsOptions
{
    [Range(2, 256)]
    [Description("How many classes there are.")]
    public int Classes { get; set; } = 3;

    [Range(1, 100_000)]
    [Description("Training samples of each class; a quarter of that are test samples.")]
    public int SamplesPerClass { get; set; } = 1000;

    [Range(0.0, 1.0)]
    [Description("How far points lie beside their spiral: the standard deviation of both coordinates.")]
    public double Noise { get; set; } = 0.03;
}
