namespace Acme.Thrifty;

using FLCrowd;

/// <summary>Pays r = (1 + margin) c - share lambda f: what the work that is asked for costs, and less the worse the model.</summary>
internal sealed class ThriftyMechanism(ThriftyOptions options) : IIncentiveMechanism
{
    public IReadOnlyList<Assignment> Announce(MechanismView view) => [.. view.Clients.Select(client =>
    {
        int batchSize = client.BatchSize ?? (options.BatchSize < client.MaxBatchSize ? options.BatchSize : client.MaxBatchSize);
        var asked = new ClientAction(Effort: 1, batchSize, Gamma: 1);
        double cost = client.Costs.Of(asked, view.Protocol);
        return new Assignment(
            asked.Effort,
            asked.BatchSize,
            asked.Gamma,
            new RewardTerms((1 + options.Margin) * cost, options.Share * view.MoneyPerLoss));
    })];

    public void Pay(PaymentView view, Span<double> rewards)
    {
        for (int client = 0; client < rewards.Length; client++)
        {
            var terms = view.Assignments[client].Terms;
            rewards[client] = terms.Fixed - terms.LossSlope * view.TestLoss;
        }
    }
}
