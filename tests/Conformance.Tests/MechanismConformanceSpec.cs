namespace FLCrowd.Conformance.Tests;

public class MechanismConformanceSpec
{
    [Theory]
    [InlineData("one-client", "assignments", "in the game 'ten clients' it announces 1 assignments for 10 clients")]
    [InlineData("too-much",
        "assignments", "in the game 'one sample each' it asks client 0 for what it cannot do: batch size 50 is not between 1 and 1")]
    [InlineData("no-pay", "payments", "in the game 'ten clients' it pays client 0 NaN, or nothing at all; every reward is a finite number")]
    [InlineData("shared", "static-state", "Shared.Paid is static, and playing changes what it holds")]
    [InlineData("lottery", "determinism", "in the game 'ten clients' it does not announce and pay the same twice (episode 0)")]
    [InlineData("lottery", "seeds", "Lottery.Pay uses Random.Shared")]
    [InlineData("refusing", "payments", "'broken/refusing' refuses every game (game.mechanism: never); give it other options")]
    public void A_broken_mechanism_is_told_which_rule_it_breaks_and_how(string mechanism, string rule, string message)
    {
        var kit = new MechanismConformance(new Broken(), $"broken/{mechanism}");
        var broken = Assert.Throws<ConformanceException>(() => kit.Check(rule));
        Assert.Equal(rule, broken.Rule);
        Assert.Contains(message, broken.Message, StringComparison.Ordinal);
    }

    private sealed class Broken : IPlugin
    {
        public void Register(IPluginRegistry registry)
        {
            registry.AddMechanism<NoOptions>("broken/one-client", "", _ => new OneClient());
            registry.AddMechanism<NoOptions>("broken/too-much", "", _ => new Plain());
            registry.AddMechanism<NoOptions>("broken/no-pay", "", _ => new NoPay());
            registry.AddMechanism<NoOptions>("broken/shared", "", _ => new Shared());
            registry.AddMechanism<NoOptions>("broken/lottery", "", _ => new Lottery());
            registry.AddMechanism<NoOptions>("broken/refusing", "", _ => new Refusing());
        }
    }

    private class Plain : IIncentiveMechanism
    {
        public virtual IReadOnlyList<Assignment> Announce(MechanismView view) =>
            [.. view.Clients.Select(_ => new Assignment(1, 50, 1, new RewardTerms(1, 0)))];

        public virtual void Pay(PaymentView view, Span<double> rewards) => rewards.Fill(1);
    }

    private sealed class OneClient : Plain
    {
        public override IReadOnlyList<Assignment> Announce(MechanismView view) => [new Assignment(1, 50, 1, new RewardTerms(1, 0))];
    }

    private sealed class NoPay : Plain
    {
        public override void Pay(PaymentView view, Span<double> rewards)
        {
        }
    }

    private sealed class Shared : Plain
    {
        private static readonly double[] Paid = new double[1];

        public override void Pay(PaymentView view, Span<double> rewards) => rewards.Fill(++Paid[0]);
    }

    private sealed class Lottery : Plain
    {
#pragma warning disable RS0030 // what the rule forbids
        public override void Pay(PaymentView view, Span<double> rewards) => rewards.Fill(Random.Shared.NextDouble());
#pragma warning restore RS0030
    }

    private sealed class Refusing : Plain
    {
        public override IReadOnlyList<Assignment> Announce(MechanismView view) => throw new SettingException("game.mechanism", "never");
    }
}
