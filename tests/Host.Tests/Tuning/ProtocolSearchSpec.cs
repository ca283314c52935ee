using System.Globalization;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Model.Quadratic;
using MathNet.Numerics;

namespace FLCrowd.Host.Tests.Tuning;

public class ProtocolSearchSpec
{
    private const FreeParameters All = FreeParameters.First | FreeParameters.Shape | FreeParameters.Momentum;

    [Theory]
    [InlineData(3, 0.1, 0.2)]
    [InlineData(0.6, 0.5, 0.05)]
    [InlineData(8, 0.06, 0.6)]
    public async Task Finds_the_least_of_a_smooth_loss(double first, double last, double momentum)
    {
        var (protocol, found) = await Search(Bowl(first, last, momentum), noise: 0.01);
        Assert.Equal(first, protocol.StepSize, 0.1 * first);
        Assert.Equal(last, protocol.Schedule!.Values[0], 0.1 * last);
        Assert.Equal(momentum, protocol.Momentum, 0.05);
        Assert.Equal(
            [protocol.StepSize, protocol.Schedule!.Values[0], protocol.Momentum], found.Parameters.Select(parameter => parameter.Value));
        Assert.Equal(["first step size", "last step size", "momentum"], found.Parameters.Select(parameter => parameter.Name));
        Assert.All(found.Parameters, parameter =>
        {
            Assert.True(parameter.Below!.Value.Mean > 2 * parameter.Below.Value.StandardError, parameter.ToString());
            Assert.True(parameter.Above!.Value.Mean > 2 * parameter.Above.Value.StandardError, parameter.ToString());
        });
        Assert.Empty(found.Slopes);
    }

    [Fact]
    public async Task Standard_errors_are_calibrated()
    {
        var scores = new List<double>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            var (_, found) = await Search(Bowl(3, 0.1, 0.2), noise: 0.01, seed: seed);
            scores.AddRange(found.Parameters.Zip(
                (double[])[3, 0.1, 0.2], (parameter, truth) => (parameter.Value - truth) / parameter.StandardError));
        }

        double within = scores.Count(score => Math.Abs(score) <= 2.2) / (double)scores.Count; // t with 11 degrees of freedom: 95%
        TestContext.Current.TestOutputHelper?.WriteLine($"within: {within}");
        Assert.InRange(within, 0.88, 0.99);
    }

    [Fact]
    public async Task Slopes_are_the_derivatives_by_each_clients_scale()
    {
        var (_, found) = await Search(Bowl(3, 0.1, 0.2), noise: 0.001, parts: 2, clients: 2);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], found.Slopes.Select(slope => (slope.Client, slope.Part)));
        Assert.All(found.Slopes, slope => Assert.Equal(0.3 * (slope.Client + 1) * (slope.Part == 0 ? 1 : -1), slope.Slope.Mean, 1e-9));
    }

    [Fact]
    public async Task A_minimum_at_an_end_of_the_range_is_refused()
    {
        Assert.StartsWith(
            "learning.tuning.to: is 10, where the loss is least by the first step size; use a greater one",
            await Error(Bowl(40, 0.1, 0.2)), StringComparison.Ordinal);
        Assert.StartsWith(
            "learning.tuning.from: is 0.01, where the loss is least by the last step size; use a smaller one",
            await Error(Bowl(3, 0.002, 0.2)), StringComparison.Ordinal);
        Assert.StartsWith(
            "learning.momentum: is tuned, and the loss is least at the end of its range, 0; set it to a number",
            await Error(Bowl(3, 0.1, -0.3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_found_is_said()
    {
        Assert.Equal("learning.tuning.from: is 0.01, and no step size from there on trains: it diverged", await Error(_ => double.NaN));
        Assert.StartsWith("learning.tuning.", await Error(_ => 1, noise: 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_and_momentum_are_as_good_as_the_best_of_the_closed_form()
    {
        string[] settings =
        [
            "learning.model=quadratic", "learning.quadratic.noise=6", "learning.rounds=40", "learning.tuning.seeds=24",
            "learning.step-size={schedule=linear,first=tuned,last=tuned}", "learning.momentum=tuned", "learning.tuning.to=3",
        ];
        var (plan, _, protocols) = await StepSizePreparationSpec.Prepare(settings);
        var protocol = plan.Games[0].Learning.Protocol;
        var world = StepSizePreparationSpec.World(plan.Games[0], new QuadraticOptions { Noise = 6 });
        var free = new FreeProtocol(protocol, Tuning(All) with { To = 3 });
        var exact = FindMinimum.OfFunction(
            point => free.At([.. point]) is { } at ? StepSizePreparationSpec.Loss(world, at) : 1e3,
            MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(free.Start(0.2)), maxIterations: 10_000);
        double best = StepSizePreparationSpec.Loss(world, free.At([.. exact])!), found = StepSizePreparationSpec.Loss(world, protocol);
        double constant = Enumerable.Range(1, 200)
            .Min(k => StepSizePreparationSpec.Loss(world, protocol with { StepSize = 0.01 * k, Schedule = null, Momentum = 0 }));
        TestContext.Current.TestOutputHelper?.WriteLine($"{protocols[0].Sentence}; found {found}, best {best}, constant {constant}");
        Assert.True(found <= best + 0.4 * (constant - best)); // the simplex of the closed form need not end at its minimum
    }

    [Theory]
    [InlineData(
        "learning.step-size.last: is no; must be a number of above 0, or tuned", "learning.step-size={schedule=linear,first=1,last=no}")]
    [InlineData("learning.momentum: is 1; must be a number of at least 0 and below 1, or tuned", "learning.momentum=1")]
    [InlineData("learning.tuning.parts: is -1", "learning.tuning.parts=-1")]
    [InlineData(
        "learning.tuning.parts: is 1,000: with 10 clients and 24 seeds that is 480,000 games; experiment.max-games is 100,000",
        "learning.tuning.parts=1000", "learning.momentum=tuned")]
    public void What_is_no_protocol_is_refused(string message, params string[] settings) =>
        Assert.StartsWith(message, Configured.Error(settings), StringComparison.Ordinal);

    private static StepSizeTuning Tuning(FreeParameters free) =>
        new(From: 0.01, To: 10, Points: 9, Seeds: 12, TuningLoss.Test) { Free = free };

    /// <summary>In the coordinates of the search.</summary>
    private static Func<TrainingProtocol, double> Bowl(double first, double last, double momentum) => protocol =>
    {
        double a = Math.Log(protocol.StepSize / first), b = Math.Log((protocol.Schedule?.Values[0] ?? protocol.StepSize) / last);
        double c = (protocol.Momentum - momentum) / 0.2;
        return 0.4 + 0.05 * (a * a + b * b + c * c + 0.5 * a * c);
    };

    private static async Task<string> Error(Func<TrainingProtocol, double> loss, double noise = 0) =>
        (await Assert.ThrowsAsync<SettingException>(() => Search(loss, noise))).Message;

    /// <summary>Each seed has a loss of its own, smooth in the coordinates, as paired episodes have.</summary>
    private static Task<(TrainingProtocol Protocol, ProtocolOptimum Optimum)> Search(
        Func<TrainingProtocol, double> loss, double noise, int parts = 0, int clients = 1, ulong seed = 1)
    {
        var protocol = new TrainingProtocol
        {
            Rounds = 50,
            LocalSteps = 1,
            StepSize = 0.3,
            Schedule = new StepSchedule { Shape = StepShape.Linear, Values = new([0.3]) },
        };
        return new ProtocolSearch(Tuning(All) with { Parts = parts }, protocol, (at, seeds, reports) =>
        {
            double expected = loss(at) + Scaled(reports);
            return Task.FromResult<(double[]?, string?)>(double.IsNaN(expected) ? (null, "it diverged") : (
            [
                .. Enumerable.Range(seeds.From, seeds.To - seeds.From).Select(replicate =>
                {
                    var draws = new Seed(seed).For("replicate", replicate);
                    double a = Math.Log(at.StepSize), b = Math.Log(at.Schedule?.Values[0] ?? 1), c = at.Momentum / 0.2;
                    return expected + noise * (draws.Normal(0) + draws.Normal(1) * a + draws.Normal(2) * b + draws.Normal(3) * c);
                })
            ], null));
        }).RunAsync(clients);
    }

    private static double Scaled((int Client, string Report)? reports)
    {
        if (reports is not { } scaled)
        {
            return 0;
        }

        double[] scales = [.. scaled.Report.Split(' ').Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return 0.3 * (scaled.Client + 1) * (scales[0] - scales[1]);
    }
}
