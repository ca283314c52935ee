using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class FadingReporterOptions
{
    [Range(-1000.0, 1000.0)]
    [Description("gamma of the first round.")]
    public double From { get; set; } = 5;

    [Range(-1000.0, 1000.0)]
    [Description("gamma of the last round; between them it changes linearly.")]
    public double To { get; set; }
}

/// <summary>Does what it is asked, but scales what it reports from round to round: a deviation that no constant (e, D, gamma) is.</summary>
internal sealed class FadingReporter(FadingReporterOptions options) : IClientStrategy, IReporter
{
    private int _rounds;

    public ClientAction Choose(ClientView view)
    {
        _rounds = view.Protocol.Rounds;
        return view.Assignment.AsAction;
    }

    public void Report(in ReportView view, Span<float> report)
    {
        double passed = _rounds > 1 ? (view.Round - 1) / (_rounds - 1.0) : 0;
        float gamma = (float)(options.From + ((options.To - options.From) * passed));
        for (int k = 0; k < report.Length; k++)
        {
            report[k] = view.Global[k] + (gamma * (report[k] - view.Global[k]));
        }
    }
}
