using System.Text.Json;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Host.Terminal;
using FLCrowd.Model.Quadratic;
using MathNet.Numerics;

namespace FLCrowd.Host.Tests.Tuning;

/// <summary>Through the actors, in the world whose every expected loss is known.</summary>
public sealed class StepSizePreparationSpec : IDisposable
{
    private const string Tuned = "learning.step-size=tuned";

    private const string Quiet = "learning.quadratic.noise=1";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finds_the_minimiser_of_the_expected_loss_where_gamma_1_is_stationary()
    {
        var (plan, tuned, _) = await Prepare(Tuned);
        var game = Assert.Single(plan.Games);
        var optimum = Assert.Single(tuned).Optimum;
        var protocol = game.Learning.Protocol;
        Assert.Equal(optimum.Value, protocol.StepSize);

        var world = World(game);
        double exact = Math.Exp(
            FindMinimum.OfScalarFunction(log => Loss(world, protocol with { StepSize = Math.Exp(log) }), Math.Log(0.05)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{optimum} exact {exact} loss {Loss(world, protocol)}");
        Assert.InRange(Math.Abs(optimum.Value - exact), 0, 3.5 * optimum.StandardError);
        Assert.InRange(optimum.StandardError / exact, 1e-4, 0.1);

        // dF / dgamma_i = p_i dF / dlog(eta) = 0 for symmetric clients, and far from 0 at half the step size.
        Assert.True(Math.Abs(GammaSlope(world, protocol with { StepSize = exact })) < 1e-6);
        Assert.True(Math.Abs(GammaSlope(world, protocol)) < 0.1 * Math.Abs(GammaSlope(world, protocol with { StepSize = exact / 2 })));
    }

    [Fact]
    public async Task Step_sizes_that_diverge_are_no_failure()
    {
        var (_, tuned, _) = await Prepare(Tuned, "learning.tuning.to=1000");
        Assert.NotEmpty(tuned[0].Optimum.Failed);
        Assert.All(tuned[0].Optimum.Failed, step => Assert.True(step.StepSize > 2)); // 2 / L
        Assert.Contains("diverged", tuned[0].Optimum.Failed[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Games_that_train_alike_are_tuned_once()
    {
        var (plan, tuned, _) = await Prepare(
            Quiet, "learning.tuning.seeds=4", "experiment.kind=sweep", "experiment.seeds=2",
            "experiment.grid.\"learning.step-size\"=[0.1, tuned]",
            "experiment.grid.\"game.labeling-cost\"=[10, 20]");
        Assert.Equal([1UL, 2UL], tuned.Select(found => found.Seed));
        Assert.Equal([[4, 6], [5, 7]], tuned.Select(found => found.Games));
        Assert.Equal([0.1, 0.1, 0.1, 0.1], plan.Games.Take(4).Select(game => game.Learning.Protocol.StepSize));
        Assert.Equal(tuned[1].Optimum.Value, plan.Games[7].Learning.Protocol.StepSize);
    }

    [Fact]
    public async Task A_regret_experiment_is_tuned_once_whatever_the_weights()
    {
        var (plan, tuned, _) = await Prepare(
            Tuned, Quiet, "learning.tuning.seeds=4", "experiment.kind=regret", "experiment.regret.replicates=4",
            "clients=[{ strategy = truthful, count = 4, weight = 3 }, { strategy = truthful, share = 1 }]");
        Assert.Equal(plan.Games.Count, Assert.Single(tuned).Games.Count);
        Assert.Single(plan.Games.Select(game => game.Learning.Protocol.StepSize).Distinct());
    }

    [Fact]
    public async Task The_program_plays_records_and_shows_what_it_found()
    {
        File.WriteAllText(_folder.In("tuned.conf"), """
            flcrowd {
              learning { model = quadratic, step-size = tuned, rounds = 20, tuning { seeds = 4 }, quadratic.noise = 1 }
              game { mechanism = lceme, lceme.surrogate-options { seeds = 4, force = true } }
            }
            """);
        var run = await FlcrowdProcess.RunAsync(_folder.Path, "run", "tuned.conf", "--out", "out");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var line = run.Output.Split('\n').Single(line => line.StartsWith("step size ", StringComparison.Ordinal));
        Assert.Matches(@"^step size 0\.\d+ ± 0\.\d+ \(one standard error, over the seeds of the tuning\) has the least test loss, ", line);
        var record = RunDirectory.Open(_folder.In("out")).Read();
        var found = Assert.Single(record.TunedStepSizes);
        var json = JsonReport.Of(record, null, RunDirectory.Open(_folder.In("out")));
        Assert.Equal(
            JsonSerializer.Serialize((TunedStepSize[])[found], RunRecord.Json), json["tuned_step_sizes"]!.ToJsonString(RunRecord.Json));
        Assert.StartsWith($"step size {found.Optimum.Value} ", line, StringComparison.Ordinal);
        Assert.Contains("has the least test loss", File.ReadAllText(_folder.In("out/report.html")), StringComparison.Ordinal);

        var theory = await FlcrowdProcess.RunAsync(_folder.Path, "theory", "tuned.conf");
        Assert.Contains($"note: step size {found.Optimum.Value} ", theory.Output, StringComparison.Ordinal);
        Assert.Matches(@"The surrogate pilot, measured[^±]*\n +0-9( +[\d.]+(E-\d+)? ± [\d.]+(E-\d+)?){4}\s", theory.Output);
        var given = await FlcrowdProcess.RunAsync(
            _folder.Path, "run", "tuned.conf", "--out", "given", "--set",
            FormattableString.Invariant($"learning.step-size={found.Optimum.Value}"));
        Assert.Equal((0, ""), (given.ExitCode, given.Error));
        Assert.Equal(File.ReadAllText(_folder.In("out/clients.csv")), File.ReadAllText(_folder.In("given/clients.csv")));
    }

    internal static async Task<(ExperimentPlan Plan, IReadOnlyList<TunedStepSize> Tuned, IReadOnlyList<TunedProtocol> Protocols)> Prepare(
        params string[] settings)
    {
        var run = Configured.Run(settings);
        await using var node = await LocalNode.StartAsync(Configured.Catalog, 2);
        return await new StepSizePreparation(Configured.Catalog, node.System, 2, TimeProvider.System, TestContext.Current.CancellationToken)
            .PrepareAsync(run.Plan, run.Course.Tunings);
    }

    internal static QuadraticWorld World(GameDefinition game, QuadraticOptions? options = null) =>
        QuadraticWorld.Create(options ?? new QuadraticOptions(), new LearningSetup(() => throw new InvalidOperationException())
        {
            Seed = new Seed(game.Seed),
            Weights = new Crowd(game.Crowd).Weights,
            Partition = game.Learning.Partition,
        });

    private static double GammaSlope(QuadraticWorld world, TrainingProtocol protocol) =>
        (Loss(world, protocol, 1.001) - Loss(world, protocol, 0.999)) / 0.002;

    /// <summary>The expected loss of the default assignment, with one factor for all reports.</summary>
    internal static double Loss(QuadraticWorld world, TrainingProtocol protocol, double gamma = 1) =>
        world.ExpectedLoss([.. Enumerable.Repeat(new ClientAction(1, 50, gamma), world.ClientCount)], protocol);
}
