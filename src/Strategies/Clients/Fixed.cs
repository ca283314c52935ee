using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class FixedOptions
{
    [Range(0.0, 1.0)]
    [Description("The labeling effort e; as asked where it is not set.")]
    public double? Effort { get; set; }

    [Range(1, int.MaxValue)]
    [Description("The batch size D, in samples; as asked where it is not set.")]
    public int? BatchSize { get; set; }

    [Range(0.0, double.MaxValue)]
    [Description("The report coefficient gamma; as asked where it is not set.")]
    public double? Gamma { get; set; }
}

/// <summary>One action, whatever is asked: a point of a deviation grid, or a cooperative client of a pilot.</summary>
internal sealed class Fixed(FixedOptions options) : IClientStrategy
{
    public ClientAction Choose(ClientView view) => new(
        options.Effort ?? view.Assignment.Effort, options.BatchSize ?? view.Assignment.BatchSize, options.Gamma ?? view.Assignment.Gamma);
}
