using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Strategies.Mechanisms;

internal class ContributionOptions
{
    [Range(0.0, double.MaxValue)]
    [Description("Money per unit of test loss that a client is found to take away.")]
    public double Scale { get; set; } = 1000;

    [Description("The fixed pay of every client on top, in money; not set: its cost of doing as it is asked.")]
    public double? Base { get; set; }
}

/// <summary>
/// What mechanisms have in common that pay r_i = base + scale * (what client i took away from the test loss): every client is asked
/// for full effort, the configured batch size and the true local model, and its contributions of an episode are added up.
/// </summary>
/// <param name="mechanism">The mechanism's name, for error messages.</param>
/// <param name="options">Scale and base.</param>
internal sealed class Contributions(string mechanism, ContributionOptions options)
{
    /// <summary>The name of the scale among the announced numbers.</summary>
    public const string ScaleTerm = "scale";

    private double[] _sums = [];

    /// <exception cref="SettingException">A batch size is not given, or larger than a client can draw.</exception>
    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        _sums = new double[view.Clients.Count];
        var announced = new Dictionary<string, double> { [ScaleTerm] = options.Scale };
        return [.. view.Clients.Select(client =>
        {
            var asked = new ClientAction(Effort: 1, FixedPay.AssignedBatchSize(client, mechanism), Gamma: 1);
            double pay = options.Base ?? client.Costs.Of(asked, view.Protocol);
            return new Assignment(asked.Effort, asked.BatchSize, asked.Gamma, new RewardTerms(pay, LossSlope: 0, announced));
        })];
    }

    /// <summary>Adds to a client's contribution, in units of test loss.</summary>
    public void Add(int client, double loss) => _sums[client] += loss;

    public void Pay(PaymentView view, Span<double> rewards)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i] = view.Assignments[i].Terms.Fixed + options.Scale * _sums[i];
        }
    }
}
