namespace Acme.Thrifty.Tests;

using FLCrowd;
using FLCrowd.Conformance;
using Xunit;

public class ThriftyTests
{
    private static readonly TrainingProtocol Protocol = new() { Rounds = 100, LocalSteps = 1, StepSize = 0.1 };

    public static TheoryData<string> Rules => [.. MechanismConformance.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void KeepsTheRule(string rule) => new MechanismConformance(new AcmePlugin(), "acme/thrifty").Check(rule);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.5, 25)]
    public void PaysTheCostAndAMarginLessAShareOfTheLoss(double testLoss, double reward)
    {
        var mechanism = PluginCatalog.Of(new AcmePlugin())
            .CreateMechanism(new PluginChoice("acme/thrifty", """{ "margin": 0.2, "share": 0.1 }""", "test"));
        var assignments = mechanism.Announce(new MechanismView
        {
            Episode = 0,
            Clients =
            [
                new ClientProfile
                {
                    Client = 0, Weight = 1, Costs = new ClientCosts(Labeling: 20, Computation: 0.001), SampleCount = 1000,
                    MaxBatchSize = 1000, BatchSize = 50,
                },
            ],
            Protocol = Protocol,
            MoneyPerLoss = 100,
        });
        var rewards = new double[1];
        mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = Protocol, TestLoss = testLoss }, rewards);
        Assert.Equal(reward, rewards[0], 9);
    }
}
