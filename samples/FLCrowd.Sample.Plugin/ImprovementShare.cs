using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace FLCrowd.Sample.Plugin;

internal sealed class ImprovementShareOptions
{
    [Description("The loss surrogate that says which loss is to be expected.")]
    public string Surrogate { get; set; } = ByClass.Name;

    [Description("The options of that surrogate.")]
    public JsonObject SurrogateOptions { get; set; } = [];

    [Range(0.0, 1.0)]
    [Description("The clients' share of what the loss below the expected one is worth to the server; they bear the same share above it.")]
    public double Share { get; set; } = 0.5;

    [Range(1, int.MaxValue)]
    [Description("The batch size assigned where the configuration leaves it to the mechanism.")]
    public int BatchSize { get; set; } = 50;
}

/// <summary>
/// Pays the cost of what is asked, and a share of the improvement over the surrogate by aggregation weight:
/// r_i = c_l + T c_p D' + share lambda p_i (S + F* - f).
/// </summary>
internal sealed class ImprovementShare(ImprovementShareOptions options) : ISurrogateMechanism
{
    private const string Name = "sample/improvement-share";

    public PluginChoice Surrogate { get; } =
        new(options.Surrogate, options.SurrogateOptions.ToJsonString(), $"game.{Name}.surrogate-options");

    public IReadOnlyList<Assignment> Announce(MechanismView view)
    {
        var surrogate = view.Surrogate ?? throw new SettingException("game.mechanism", $"is {Name}, which needs a loss surrogate");
        int[] sizes = [.. view.Clients.Select(client => client.BatchSize ?? Math.Min(options.BatchSize, client.MaxBatchSize))];
        double expected = surrogate.TruthfulLoss(sizes) + surrogate.MinimalLoss;
        return [.. view.Clients.Select((client, i) =>
        {
            var asked = new ClientAction(Effort: 1, sizes[i], Gamma: 1);
            double slope = options.Share * view.MoneyPerLoss * client.Weight;
            double pay = client.Costs.Of(asked, view.Protocol) + slope * expected;

            // Announced in the standard names, a client can compute its payoff, and a game may pay by the surrogate itself.
            return new Assignment(
                asked.Effort, asked.BatchSize, asked.Gamma,
                new RewardTerms(pay, slope, SurrogateTerms.Write(surrogate.Client(i), expected)));
        })];
    }

    public void Pay(PaymentView view, Span<double> rewards)
    {
        for (int i = 0; i < rewards.Length; i++)
        {
            var terms = view.Assignments[i].Terms;
            rewards[i] = terms.Fixed - terms.LossSlope * view.TestLoss;
        }
    }
}
