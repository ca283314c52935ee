using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class ShirkLabelingOptions
{
    [Range(0.0, 1.0)]
    [Description("The labeling effort e that the client makes.")]
    public double Effort { get; set; }
}

internal sealed class ShirkLabeling(ShirkLabelingOptions options) : IClientStrategy
{
    public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Effort = options.Effort };
}
