using FLCrowd.Model.Quadratic;

namespace FLCrowd.Model.Tests.Quadratic;

public class QuadraticSpec
{
    [Fact]
    public void Simulated_losses_agree_with_the_closed_form()
    {
        const int Episodes = 400;
        var options = new QuadraticOptions { Dimension = 3, Curvature = [1, 0.5, 2], Noise = 4, Shift = 2 };
        for (int trial = 0; trial < 20; trial++)
        {
            var draws = new Seed(31).For("trial", trial);
            var setup = Worlds.Setup(Worlds.Mnist, 4, 1, (ulong)trial);
            var world = QuadraticWorld.Create(options, setup);
            using var model = new QuadraticModel(world);
            ClientAction[] profile = [.. Enumerable.Range(0, 4).Select(client => new ClientAction(
                draws.Uniform(3 * client), 1 + draws.Index(20, (3 * client) + 1), 2 * draws.Uniform((3 * client) + 2)))];
            var protocol = Worlds.Protocol(rounds: 1 + draws.Index(12, 50), localSteps: 1 + (trial % 3), stepSize: 0.2);
            protocol = (trial % 4) switch
            {
                1 => protocol with { Schedule = new StepSchedule { Shape = StepShape.Linear, Values = new ValueList<double>(0.02) } },
                2 => protocol with { Momentum = 0.4 },
                3 => protocol with
                {
                    Momentum = 0.3,
                    Schedule = new StepSchedule { Shape = StepShape.Pieces, Values = new ValueList<double>(0.3, 0.05) },
                },
                _ => protocol,
            };
            double[] losses = [.. Enumerable.Range(0, Episodes).Select(episode =>
                model.Evaluate(Worlds.Play(model, protocol, profile, draws.For("episode", episode))).TrainingLoss)];
            double mean = losses.Average();
            double error = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (Episodes - 1) / Episodes);
            Assert.Equal(world.ExpectedLoss(profile, protocol), mean, 3 * error);
        }
    }

    [Fact]
    public void Without_noise_one_client_descends_as_computed_by_hand()
    {
        var setup = Worlds.Setup(Worlds.Mnist, 1, 1);
        var world = QuadraticWorld.Create(new QuadraticOptions { Dimension = 2, Noise = 0, Shift = 8, Curvature = [1, 2] }, setup);

        // One client is centred on 0. The first axis keeps .9 of itself per step, the second moves .2 of the way to (1 - e) 8 = 4.
        var action = new ClientAction(0.5, 10, 1);
        Assert.Equal((0.81 * 0.81 / 2) + (1.44 * 1.44), world.ExpectedLoss([action], Worlds.Protocol(rounds: 2, stepSize: 0.1)), 12);
        Assert.Equal((0.81 * 0.81 / 2) + (1.44 * 1.44), world.ExpectedLoss([action], Worlds.Protocol(1, 2, 0.1)), 12);

        // Twice the difference of one step.
        Assert.Equal((0.8 * 0.8 / 2) + (1.6 * 1.6), world.ExpectedLoss([action with { Gamma = 2 }], Worlds.Protocol(1, 1, 0.1)), 12);
    }

    [Fact]
    public void The_defaults_are_the_game_whose_regret_is_known()
    {
        // LCEME by the printed bound at D' = 60: Phi = T c_p D'^2 / (A sigma^2 p^2) = .1 * 3600 / (.2 * 180 * .01) = 1000. What the
        // clients gain by deviating from truth alone, added up (NashConv), is about 238.
        var world = QuadraticWorld.Create(new QuadraticOptions(), Worlds.Setup(Worlds.Mnist, 10, 1));
        var profile = Enumerable.Repeat(new ClientAction(1, 60, 1), 10).ToArray();
        double truthful = Payoff(profile[0]);
        double nashConv = Enumerable.Range(0, 10).Sum(client =>
        {
            double best = double.NegativeInfinity;
            foreach (int effort in new[] { 0, 1 })
            {
                foreach (int batchSize in new[] { 1, 2, 5, 10, 20, 40, 60, 80 })
                {
                    for (double gamma = 0; gamma <= 3; gamma += 0.05)
                    {
                        profile[client] = new ClientAction(effort, batchSize, gamma);
                        best = Math.Max(best, Payoff(profile[client]));
                    }
                }
            }

            profile[client] = new ClientAction(1, 60, 1);
            return best - truthful;
        });
        Assert.InRange(nashConv, 225, 250);

        double Payoff(ClientAction action) => (-1000 * world.ExpectedLoss(profile, Worlds.Protocol(rounds: 100, stepSize: 0.1)))
            - (20 * action.Effort) - (0.1 * action.BatchSize);
    }

    [Fact]
    public void Optima_are_centred_and_losses_add_up()
    {
        var world = QuadraticWorld.Create(new QuadraticOptions(), Worlds.Setup(Worlds.Mnist, 4, 1, weights: [0.4, 0.3, 0.2, 0.1]));
        Assert.All(world.Optimum, coordinate => Assert.Equal(0, coordinate, 12));
        double[] w = [1, -2, 0.5, 3, 0];
        double[] p = [0.4, 0.3, 0.2, 0.1];
        Assert.Equal(Enumerable.Range(0, 4).Sum(client => p[client] * world.LossOf(client, w)), world.Loss(w), 12);
    }

    [Fact]
    public void Batch_sizes_are_paired()
    {
        // The same draws scaled: a quarter of the batch has twice the noise.
        var setup = Worlds.Setup(Worlds.Mnist, 1, 1);
        using var model = new QuadraticModel(QuadraticWorld.Create(new QuadraticOptions(), setup));
        var (small, large, none) = (Step(10), Step(40), Step(int.MaxValue));
        for (int k = 0; k < none.Length; k++)
        {
            Assert.Equal(2 * (large[k] - none[k]), small[k] - none[k], 0.001f);
        }

        float[] Step(int batchSize)
        {
            var local = new float[model.ParameterCount];
            model.Train(Worlds.Initial(model), Worlds.Protocol(), [new LocalTask
            {
                Labels = Worlds.TrueLabels(0),
                BatchSize = batchSize,
                Seed = new Seed(1),
                Local = local,
            }]);
            return local;
        }
    }

    [Theory]
    [InlineData("""{ "curvature": [2] }""", null)]
    [InlineData("""{ "curvature": [1, 2], "dimension": 2 }""", null)]
    [InlineData("""{ "curvature": [1, 2] }""", "learning.quadratic.curvature: has 2 entries; must have 1 or 5")]
    [InlineData("""{ "curvature": [0] }""", "learning.quadratic.curvature: has the entry 0; must be above 0")]
    [InlineData("""{ "curvature": "steep" }""", "learning.curvature: is 'steep'; must be a list of numbers")]
    [InlineData("""{ "noise": -1 }""", "learning.noise: is -1; must be at least 0")]
    public void Options_are_checked(string options, string? message)
    {
        var setup = Worlds.Setup(Worlds.Mnist, 3, 1);
        if (message is null)
        {
            using var model = Worlds.Model("quadratic", setup, options);
            Assert.Equal((0, 0), (model.ClassCount, model.SampleCount(0)));
            Assert.True(double.IsNaN(model.Evaluate(Worlds.Initial(model)).Accuracy));
        }
        else
        {
            Assert.Equal(message, Assert.Throws<SettingException>(() => Worlds.Model("quadratic", setup, options)).Message);
        }
    }

    [Fact]
    public void A_world_is_no_larger_than_an_array() => Assert.StartsWith(
        "learning.quadratic.dimension: is 1048576; must be at most ",
        Assert.Throws<SettingException>(() => QuadraticWorld.Create(
            new QuadraticOptions { Dimension = 1 << 20 },
            Worlds.Setup(Worlds.Noise(new SampleShape(1, 1, 1), 2), clients: 10_000, samples: 1))).Message,
        StringComparison.Ordinal);
}
