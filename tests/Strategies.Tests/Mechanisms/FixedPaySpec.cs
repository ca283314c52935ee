namespace FLCrowd.Strategies.Tests.Mechanisms;

public class FixedPaySpec
{
    [Theory]
    [InlineData("flat", "{}", CostBasis.Round, 25, 25)]
    [InlineData("flat", """{ "amount": -3.5 }""", CostBasis.Round, -3.5, -3.5)]
    [InlineData("per-sample", "{}", CostBasis.Round, 20 + .002 * 100 * 60, 20 + .002 * 100 * 1)]
    [InlineData("per-sample", "{}", CostBasis.LocalStep, 20 + .002 * 400 * 60, 20 + .002 * 400 * 1)]
    [InlineData("per-sample", """{ "rate": 1, "labeling": 0 }""", CostBasis.Round, 6000, 100)]
    public void Announces_and_pays_the_same_whatever_the_loss(string name, string options, CostBasis basis, double first, double second)
    {
        var mechanism = Game.Mechanism(name, options);
        var protocol = Game.Protocol with { CostBasis = basis };
        var assignments = mechanism.Announce(View(protocol, 60, 1));

        Assert.Equal([60, 1], assignments.Select(assignment => assignment.BatchSize));
        Assert.All(assignments, assignment => Assert.Equal((1, 1, 0), (assignment.Effort, assignment.Gamma, assignment.Terms.LossSlope)));
        Assert.Equal([first, second], assignments.Select(assignment => assignment.Terms.Fixed), Close);
        foreach (double loss in new[] { 0.1, 2.3, double.NaN })
        {
            var rewards = new double[2];
            mechanism.Pay(new PaymentView { Episode = 0, Assignments = assignments, Protocol = protocol, TestLoss = loss }, rewards);
            Assert.Equal([first, second], rewards, Close);
        }
    }

    [Fact]
    public void Per_sample_covers_the_costs_of_a_client_that_costs_its_rate()
    {
        var assignment = Game.Mechanism("per-sample").Announce(View(Game.Protocol, 60))[0];
        var costs = new ClientCosts(Labeling: 20, Computation: 0.002);
        Assert.Equal(costs.Of(assignment.AsAction, Game.Protocol), assignment.Terms.Fixed, precision: 9);
    }

    [Fact]
    public void All_that_a_client_can_draw_may_be_asked_for() => Assert.Equal(
        [1, 1000], Game.Mechanism("flat").Announce(View(Game.Protocol, 1, 1000)).Select(assignment => assignment.BatchSize));

    [Theory]
    [InlineData(null,
        "game.assignment: is optimal, but the mechanism 'NAME' does not find batch sizes; give a number or a list of numbers")]
    [InlineData(1001, "game.assignment: is 1001 for client 1; must be at least 1 and at most 1000, what it can draw")]
    [InlineData(0, "game.assignment: is 0 for client 1; must be at least 1 and at most 1000, what it can draw")]
    public void Needs_batch_sizes_that_clients_can_draw(int? batchSize, string message)
    {
        foreach (var name in new[] { "flat", "per-sample" })
        {
            Assert.Equal(
                message.Replace("NAME", name, StringComparison.Ordinal),
                Game.SettingError(() => Game.Mechanism(name).Announce(View(Game.Protocol, 60, batchSize))));
        }
    }

    [Theory]
    [InlineData("flat", """{ "amount": "NaN" }""", "game.flat.amount: is 'NaN'; must be a number")]
    [InlineData("flat", """{ "amount": "Infinity" }""", "game.flat.amount: is 'Infinity'; must be a number")]
    [InlineData("per-sample", """{ "rate": -1 }""", "game.per-sample.rate: is -1; must be at least 0")]
    [InlineData("per-sample", """{ "labeling": "-0.5" }""", "game.per-sample.labeling: is -0.5; must be at least 0")]
    public void Refuses_options_out_of_range(string name, string options, string message) =>
        Assert.Equal(message, Game.SettingError(() => Game.Mechanism(name, options)));

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9;

    private static MechanismView View(TrainingProtocol protocol, params int?[] batchSizes) => new()
    {
        Episode = 0,
        Clients = [.. batchSizes.Select((batchSize, client) => new ClientProfile
        {
            Client = client,
            Weight = 1.0 / batchSizes.Length,
            Costs = new ClientCosts(20, 1e-3),
            SampleCount = 1000,
            MaxBatchSize = 1000,
            BatchSize = batchSize,
        })],
        Protocol = protocol,
        MoneyPerLoss = 1,
    };
}
