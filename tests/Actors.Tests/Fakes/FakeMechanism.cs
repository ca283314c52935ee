namespace FLCrowd.Actors.Tests.Fakes;

internal delegate void PayScript(PaymentView view, Span<double> rewards);

/// <summary>Assigns batches of 2 and pays client i the amount 10 + i less the test loss, unless its test says otherwise.</summary>
internal sealed class FakeMechanism : IIncentiveMechanism
{
    public Func<MechanismView, IReadOnlyList<Assignment>> Announcing { get; init; } = Usual;

    public PayScript Paying { get; init; } = Usual;

    public IReadOnlyList<Assignment> Announce(MechanismView view) => Announcing(view);

    public void Pay(PaymentView view, Span<double> rewards) => Paying(view, rewards);

    public static IReadOnlyList<Assignment> Usual(MechanismView view) =>
        [.. view.Clients.Select(client => new Assignment(1, client.BatchSize ?? 2, 1, new RewardTerms(10 + client.Client, 1)))];

    public static void Usual(PaymentView view, Span<double> rewards)
    {
        for (int client = 0; client < rewards.Length; client++)
        {
            rewards[client] = view.Assignments[client].Terms.Fixed - view.TestLoss;
        }
    }
}
