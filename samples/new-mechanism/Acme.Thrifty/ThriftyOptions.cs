using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Thrifty;

internal sealed class ThriftyOptions
{
    [Range(0.0, 10.0)]
    [Description("What is paid above the cost of the work that is asked for, as a share of that cost.")]
    public double Margin { get; set; } = 0.2;

    [Range(0.0, 1.0)]
    [Description("The share of the loss, in money, that every client is charged.")]
    public double Share { get; set; } = 0.1;

    [Range(1, 1_000_000)]
    [Description("The batch size that is asked for where the configuration leaves it to the mechanism.")]
    public int BatchSize { get; set; } = 50;
}
