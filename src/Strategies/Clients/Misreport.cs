using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Clients;

internal sealed class MisreportOptions
{
    [Range(0.0, double.MaxValue)]
    [Description("The report coefficient gamma; 1 is the true local model.")]
    public double Gamma { get; set; } = 2;
}

internal sealed class Misreport(MisreportOptions options) : IClientStrategy
{
    public ClientAction Choose(ClientView view) => view.Assignment.AsAction with { Gamma = options.Gamma };
}
