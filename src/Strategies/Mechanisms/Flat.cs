using System.ComponentModel;

namespace FLCrowd.Strategies.Mechanisms;

internal sealed class FlatOptions
{
    [Description("The pay of every client per episode, in money; negative is a fee.")]
    public double Amount { get; set; } = 25;

    [Description("Whether a client gets the share of it that is the share of rounds in which it was heard of those in which it was asked.")]
    public bool ByAttendance { get; set; }
}

internal sealed class Flat(FlatOptions options) : IIncentiveMechanism
{
    public IReadOnlyList<Assignment> Announce(MechanismView view) => FixedPay.Announce(view, "flat", _ => options.Amount);

    public void Pay(PaymentView view, Span<double> rewards) => FixedPay.Pay(view, rewards, options.ByAttendance);
}
