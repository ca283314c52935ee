using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Careful;

internal sealed class CarefulOptions
{
    [Range(0.0, 1.0)]
    [Description("The labeling effort when it makes little.")]
    public double LittleEffort { get; set; } = 0.2;

    [Range(0.0, 1.0)]
    [Description("How often it tries what paid less so far, as a probability.")]
    public double Curiosity { get; set; } = 0.1;
}
