using FLCrowd.Strategies.Theory;
using FsCheck.Xunit;

namespace FLCrowd.Strategies.Tests.Theory;

public class LcemeSpec
{
    private const int Largest = 400;

    /// <summary>The example of the first erratum: H = 1, p = .1, sigma^2 = 180, c_l = 20, c_p = 1e-3, T = 100, beta = 1.</summary>
    private static LcemeClient Shirker { get; } = Client(localSteps: 1, variance: 180, labelNoise: 1);

    [Property(MaxTest = 150)]
    public void Under_corrected_terms_no_deviation_gains_whatever_the_others_do(uint seed)
    {
        var game = new RandomGame(seed);
        foreach (var (i, client) in game.Clients.Index())
        {
            int assigned = game.BatchSizes[i];
            var truthful = new ClientAction(1, assigned, 1);
            var (pay, slope) = client.Terms(assigned, game.Truthful, game.Surrogate.MinimalLoss);

            // The others do anything: their part of the loss shifts the payoff and changes no comparison.
            double others = game.Surrogate.Constant + game.Surrogate.MinimalLoss + game.Clients.Index()
                .Where(entry => entry.Index != i).Sum(entry => entry.Item.Term.Loss(game.Draws.Action()));
            var payoff = new SurrogatePayoff(pay, slope, client.Term, others, client.Costs, client.Protocol);
            double best = payoff.Of(truthful), scale = Math.Abs(pay) + slope * Math.Abs(others) + 1;
            foreach (var action in Grid())
            {
                Assert.True(payoff.Of(action) <= best + 1e-12 * scale, $"client {i} gains {payoff.Of(action) - best} by {action}");
            }
        }
    }

    [Property(MaxTest = 150)]
    public void Truthful_clients_get_their_costs_and_nothing_else(uint seed)
    {
        var game = new RandomGame(seed);
        foreach (var (i, client) in game.Clients.Index())
        {
            var payoff = game.Payoff(i, Errata.None);
            var truthful = new ClientAction(1, game.BatchSizes[i], 1);
            double scale = Math.Abs(payoff.Fixed) + 1;
            Assert.Equal(0, payoff.Of(truthful) / scale, 1e-12);

            // Individually rational as long as the loss is at most what the surrogate says; printed, F* is missing.
            Assert.Equal(game.Truthful + game.Surrogate.MinimalLoss, payoff.BreakEvenLoss(truthful), 1e-9 * (1 + game.Truthful));
            Assert.Equal(game.Truthful, game.Payoff(i, Errata.MinimalLoss).BreakEvenLoss(truthful), 1e-9 * (1 + game.Truthful));
        }
    }

    [Property(MaxTest = 200)]
    public void The_best_response_is_the_best_of_the_grid_under_any_pay(uint seed)
    {
        var game = new RandomGame(seed);
        var client = game.Clients[0];
        var payoff = game.Payoff(0, Errata.None) with
        {
            LossSlope = game.Draws.Scale(0.01, 100) * client.LossSlope(game.BatchSizes[0]),
        };
        var response = payoff.BestResponse(Largest);
        double found = payoff.Of(response), best = Grid().Max(payoff.Of);
        double scale = Math.Abs(payoff.Fixed) + payoff.LossSlope * Math.Abs(payoff.RestLoss) + 1;
        Assert.Equal(best / scale, found / scale, 1e-12);
    }

    [Theory]
    [InlineData(0, 1, 10, 1)]
    [InlineData(1, 0, 10, 10)]
    [InlineData(1e30, 1e-3, int.MaxValue, int.MaxValue)]
    [InlineData(6, 1, 10, 2)]
    [InlineData(6.1, 1, 10, 3)]
    [InlineData(1e-9, 1, 10, 1)]
    public void The_best_batch_is_in_range_and_ties_go_to_the_smaller(double gain, double cost, int max, int expected)
    {
        var protocol = new TrainingProtocol { Rounds = 1, LocalSteps = 1, StepSize = 0.1 };
        var payoff = new SurrogatePayoff(0, 1, new ClientLossTerm(gain, 0, 1, 1, 0, 0), 0, new ClientCosts(0, cost), protocol);
        Assert.Equal(new ClientAction(1, expected, 1), payoff.BestResponse(max));
    }

    [Theory]
    [InlineData(19, 17.99)]
    [InlineData(59, 0.66)]
    [InlineData(60, 0)]
    public void Erratum_1_shirking_gains_at_the_printed_least_batch_size(int batchSize, double gain)
    {
        Assert.Equal(18.97, Shirker.LeastBatchSize(Errata.LeastBatchSize), 0.005);
        Assert.Equal(60, Shirker.LeastBatchSize(), 1e-9);
        Assert.Equal(19, Shirker.Assign(1e-9, 1000, errata: Errata.LeastBatchSize));
        Assert.Equal(60, Shirker.Assign(1e-9, 1000, margin: 0));
        Assert.Equal(61, Shirker.Assign(1e-9, 1000));

        var (pay, slope) = Shirker.Terms(batchSize, truthfulLoss: 1, minimalLoss: 0);
        var truthful = new ClientAction(1, batchSize, 1);
        var payoff = SurrogatePayoff.AgainstTruthful(
            new RewardTerms(pay, slope), Shirker.Term, 1, truthful, Shirker.Costs, Shirker.Protocol);
        Assert.Equal(gain, payoff.Of(truthful with { Effort = 0 }) - payoff.Of(truthful), 0.005);
        Assert.Equal(truthful with { Effort = batchSize < 60 ? 0 : 1 }, payoff.BestResponse(1000));
        Assert.Equal(gain, Math.Max(0, payoff.Of(payoff.BestResponse(1000)) - payoff.Of(truthful)), 0.005);
    }

    [Fact]
    public void Erratum_2_the_printed_optimum_is_none()
    {
        // H = 5, p = .1, sigma^2 = 100, A = 1.987, c_p = 1e-3, T = 100.
        var client = Client(localSteps: 5, variance: 100, labelNoise: 1, scale: 1.987);
        Assert.Equal(9.1, client.FreeBatchSize(1, Errata.OptimalBatchSize), 0.05);
        Assert.Equal(79.9, client.FreeBatchSize(1), 0.05);
        int best = Enumerable.Range(1, 400).MinBy(size => client.Term.BatchSlope / size + client.SampleCost * size);
        Assert.Equal(80, best);
        Assert.Equal(best, (client with { Costs = new ClientCosts(0, 1e-3) }).Assign(1, 400));
    }

    [Fact]
    public void Erratum_3_without_the_least_loss_a_truthful_client_pays_to_work()
    {
        // Ten clients, L = mu = 1, eta = .05, T = 200, sigma^2 = 180, d = 1, F* = 1, |w_0 - w*|^2 = 5: Phi = 4000 and the bound is .630.
        // The quadratic world with these constants ends .0038 above F*.
        var constants = new LearningConstants
        {
            Smoothness = 1,
            StrongConvexity = 1,
            GradientVariance = 180,
            LabelNoise = 100,
            GradientNorm = 10,
            Heterogeneity = 1,
            MinimalLoss = 1,
            InitialDistance = 5,
        };
        var protocol = new TrainingProtocol { Rounds = 200, LocalSteps = 1, StepSize = 0.05 };
        double[] weights = [.. Enumerable.Repeat(0.1, 10)];
        var surrogate = Theorem1.Surrogate(constants, weights, protocol);
        double bound = surrogate.TruthfulLoss([.. Enumerable.Repeat(60, 10)]);
        double gap = 0.5 * 0.05 * 0.05 * 10 * 0.01 * 180 / 60 / (1 - 0.95 * 0.95);
        var client = new LcemeClient(0, 0.1, surrogate.Client(0), new ClientCosts(20, 1e-3), protocol).Validated();
        Assert.Equal(4000, client.LossSlope(60), 0.5);
        Assert.Equal(0.630, bound, 0.0005);
        Assert.Equal(0.004, gap, 0.0005);
        Assert.Equal(-1494.8, True(Errata.MinimalLoss), 0.05);
        Assert.Equal(2505.3, True(Errata.None), 0.05);

        double True(Errata errata)
        {
            var (pay, slope) = client.Terms(60, bound, constants.MinimalLoss, errata);
            var truthful = new ClientAction(1, 60, 1);
            return SurrogatePayoff.AgainstTruthful(
                new RewardTerms(pay, slope), client.Term, bound + 1, truthful, client.Costs, protocol).At(1 + gap, truthful);
        }
    }

    [Property(MaxTest = 200)]
    public void The_optimal_assignment_is_the_brute_force_optimum_of_the_servers_payoff(uint seed)
    {
        var game = new RandomGame(seed);
        int[] sizes = [.. game.BatchSizes];
        ClientCosts[] costs = [.. game.Clients.Select(client => client.Costs)];
        double lambda = game.MoneyPerLoss;
        for (int i = 0; i < sizes.Length; i++)
        {
            var client = game.Clients[i];
            int assigned = client.Assign(lambda, Largest);
            double found = Payoff(i, assigned), scale = Math.Abs(found) + 1;
            foreach (int size in Enumerable.Range(1, Largest))
            {
                bool labels = client.LossSlope(size) * client.Term.EffortSlope >= client.Costs.Labeling * (1 + LcemeClient.DefaultMargin);
                Assert.True(!labels || Payoff(i, size) <= found + 1e-12 * scale, $"{size} is better than {assigned}");
                Assert.True(labels || size < assigned, $"{size} does not make client {i} label, {assigned} is assigned");
            }
        }

        double Payoff(int client, int size)
        {
            int kept = sizes[client];
            sizes[client] = size;
            double payoff = ServerPayoff.Truthful(game.Surrogate, lambda, sizes, costs, game.Clients[client].Protocol);
            sizes[client] = kept;
            return payoff;
        }
    }

    [Fact]
    public void The_assignment_of_figure_7()
    {
        // Softmax on MNIST: L = 24.35, mu = .01, sigma^2 = 72.6, beta = 181; eta = .02, T = 100, c_l = .01, c_p^i = i 1e-6.
        var constants = new LearningConstants
        {
            Smoothness = 24.35,
            StrongConvexity = 0.01,
            GradientVariance = 72.6,
            LabelNoise = 181,
            GradientNorm = 10,
            Heterogeneity = 0.2,
            MinimalLoss = 0.554,
            InitialDistance = 30.8,
        };
        var protocol = new TrainingProtocol { Rounds = 100, LocalSteps = 1, StepSize = 0.02 };
        var surrogate = Theorem1.Surrogate(constants, [.. Enumerable.Repeat(0.1, 10)], protocol);
        int[] sizes = [.. Enumerable.Range(1, 10).Select(i =>
            new LcemeClient(i, 0.1, surrogate.Client(0), new ClientCosts(0.01, i * 1e-6), protocol).Assign(moneyPerLoss: 1, 1000))];
        Assert.Equal((118, 37), (sizes[0], sizes[^1]));
        Assert.Equal(59.4, sizes.Average(), 0.15);
    }

    [Fact]
    public void Refuses_what_would_divide_by_zero_and_names_it()
    {
        Assert.Equal(
            "game.computation-cost: is 0 for client 3; must be above 0 for lceme, whose Phi grows with c_p",
            Game.SettingError(() => (Shirker with { Costs = new ClientCosts(20, 0) }).Validated()));
        Assert.Equal(
            "clients: client 3 has aggregation weight p = 0; must be above 0 for lceme, which divides by it",
            Game.SettingError(() => (Shirker with { Weight = 0 }).Validated()));
        Assert.Contains("sigma^2", Game.SettingError(() => Client(1, variance: 0, labelNoise: 1).Validated()), StringComparison.Ordinal);
        Assert.Contains("beta", Game.SettingError(() => Client(1, 180, labelNoise: 0).Validated()), StringComparison.Ordinal);
        Assert.Equal(
            "game.assignment: is optimal, but client 3 labels only with a batch of at least 61 samples, and can draw at most 50; "
            + "lower the labeling cost, raise rounds, or sample with replacement",
            Game.SettingError(() => Shirker.Assign(1, 50)));
    }

    private static IEnumerable<ClientAction> Grid()
    {
        foreach (double effort in new[] { 0, 0.25, 0.5, 0.75, 1 })
        {
            for (int size = 1; size <= Largest; size++)
            {
                for (double gamma = 0; gamma <= 3; gamma += 0.25)
                {
                    yield return new ClientAction(effort, size, gamma);
                }
            }
        }
    }

    /// <summary>A client of Theorem 1 with p = .1, c_l = 20, c_p = 1e-3, T = 100, from its coefficients by hand.</summary>
    private static LcemeClient Client(int localSteps, double variance, double labelNoise, double scale = 0.2)
    {
        double drift = (localSteps - 1) * (localSteps - 1);
        const double p = 0.1;
        return new LcemeClient(
            3,
            p,
            new ClientLossTerm(
                scale * variance * p * (p + 2 * drift), scale * p * labelNoise * (1 + 2 * drift), 2 * scale * p, 10, variance, labelNoise),
            new ClientCosts(20, 1e-3),
            new TrainingProtocol { Rounds = 100, LocalSteps = localSteps, StepSize = 0.1 });
    }
}
