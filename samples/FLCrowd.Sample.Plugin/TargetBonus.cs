using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Sample.Plugin;

internal sealed class TargetBonusOptions
{
    [Description("What every client gets in any case, in money.")]
    public double Base { get; set; } = 20;

    [Range(0.0, double.MaxValue)]
    [Description("What every client gets on top if the target is reached, in money.")]
    public double Bonus { get; set; } = 10;

    [Range(0.0, double.MaxValue)]
    [Description("The test loss that earns the bonus.")]
    public double TargetLoss { get; set; } = 0.5;

    [Range(1, int.MaxValue)]
    [Description("The batch size assigned where the configuration leaves it to the mechanism.")]
    public int BatchSize { get; set; } = 50;
}

internal sealed class TargetBonus(TargetBonusOptions options) : IIncentiveMechanism
{
    // Such pay is no line in the test loss: its numbers are announced by name.
    private readonly RewardTerms _terms = new(Fixed: 0, LossSlope: 0, new Dictionary<string, double>
    {
        ["base"] = options.Base,
        ["bonus"] = options.Bonus,
        ["target-loss"] = options.TargetLoss,
    });

    public IReadOnlyList<Assignment> Announce(MechanismView view) => [.. view.Clients.Select(client => new Assignment(
        Effort: 1, client.BatchSize ?? Math.Min(options.BatchSize, client.MaxBatchSize), Gamma: 1, _terms))];

    public void Pay(PaymentView view, Span<double> rewards) =>
        rewards.Fill(options.Base + (view.TestLoss <= options.TargetLoss ? options.Bonus : 0));
}
