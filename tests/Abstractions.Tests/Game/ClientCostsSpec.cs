namespace FLCrowd.Abstractions.Tests.Game;

public class ClientCostsSpec
{
    [Theory]
    [InlineData(CostBasis.Round, 20 * 0.5 + 100 * 1e-3 * 60)]
    [InlineData(CostBasis.LocalStep, 20 * 0.5 + 100 * 5 * 1e-3 * 60)]
    public void Computation_is_charged_per_round_or_per_local_step(CostBasis basis, double cost)
    {
        var protocol = new TrainingProtocol { Rounds = 100, LocalSteps = 5, StepSize = 0.5, CostBasis = basis };
        Assert.Equal(cost, new ClientCosts(Labeling: 20, Computation: 1e-3).Of(new ClientAction(0.5, 60, 2), protocol), tolerance: 1e-12);
    }

    [Fact]
    public void Charged_steps_do_not_overflow() => Assert.Equal(
        4e12, new TrainingProtocol
        {
            Rounds = 2_000_000,
            LocalSteps = 2_000_000,
            StepSize = 0.5,
            CostBasis = CostBasis.LocalStep,
        }.ChargedSteps);

    [Fact]
    public void Payoff_is_reward_less_cost() => Assert.Equal(-1.5, new EpisodeOutcome
    {
        Episode = 0,
        Action = new ClientAction(1, 1, 1),
        Reward = 25,
        Cost = 26.5,
        TestLoss = 0.5,
    }.Payoff);
}
