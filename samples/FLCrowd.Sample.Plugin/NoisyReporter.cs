using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class NoisyReporterOptions
{
    [Range(0.0, double.MaxValue)]
    [Description("The standard deviation of the noise on every parameter.")]
    public double Noise { get; set; } = 0.01;
}

internal sealed class NoisyReporter(NoisyReporterOptions options) : IClientStrategy, IReporter
{
    public ClientAction Choose(ClientView view) => view.Assignment.AsAction;

    // Draws come from the view's seed: the same run gives the same noise, wherever and in whatever order it is computed.
    public void Report(in ReportView view, Span<float> report)
    {
        for (int k = 0; k < report.Length; k++)
        {
            report[k] += (float)(options.Noise * view.Seed.Normal(k));
        }
    }
}
