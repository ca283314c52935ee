using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Mechanisms;

internal sealed class PerSampleOptions
{
    [Range(0.0, double.MaxValue)]
    [Description("The pay per sample of assigned computation, in money; counted as the computation cost is, T D' or T H D' samples.")]
    public double Rate { get; set; } = 0.002;

    [Range(0.0, double.MaxValue)]
    [Description("The pay for the assigned labeling, in money.")]
    public double Labeling { get; set; } = 20;

    [Description("Whether a client gets the share of it that is the share of rounds in which it was heard of those in which it was asked.")]
    public bool ByAttendance { get; set; }
}

/// <summary>Piece work: it pays for what is assigned, as nobody sees what is done.</summary>
internal sealed class PerSample(PerSampleOptions options) : IIncentiveMechanism
{
    public IReadOnlyList<Assignment> Announce(MechanismView view) => FixedPay.Announce(
        view, "per-sample", batchSize => options.Labeling + options.Rate * view.Protocol.ChargedSteps * batchSize);

    public void Pay(PaymentView view, Span<double> rewards) => FixedPay.Pay(view, rewards, options.ByAttendance);
}
