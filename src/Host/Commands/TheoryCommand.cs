using System.CommandLine;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Theory;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd theory EXPERIMENT</c>: what the theory says of an experiment's first game; plays nothing but pilots.</summary>
internal static class TheoryCommand
{
    public static Command Create()
    {
        var experiment = Argued.Text("EXPERIMENT", "A file, or a name that `flcrowd list experiments` shows.");
        var overrides = new Option<string[]>("--set")
        {
            Description = "Changes a setting: path=value. May be repeated.",
            HelpName = "PATH=VALUE",
            DefaultValueFactory = _ => [],
        };
        var plugins = Argued.Plugins();
        var seed = Argued.Seed();
        var surrogate = Argued.Text(
            "--surrogate", "NAME", "The loss surrogate; by default the mechanism's, or theorem1 where it has none.");
        var command = new Command("theory", "Shows the constants, the bound, and per client LCEME's terms, printed against corrected.")
        {
            experiment, overrides, plugins, seed, surrogate,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(experiment), parsed.GetValue(overrides) ?? [], parsed.GetValue(plugins) ?? [], parsed.GetValue(seed),
            parsed.GetValue(surrogate)));
        return command;
    }

    private static async Task<int> RunAsync(
        string experiment, IReadOnlyList<string> overrides, IReadOnlyList<string> plugins, ulong? seed, string? surrogate)
    {
        var source = ExperimentSources.Find(experiment);
        var tree = ExperimentSources.Resolve(source, overrides, seed);
        var catalog = Plugins.Catalog(PluginFile.Of(tree, source.Folder, plugins));
        var run = PlanBuilder.Build(source.Name, tree, catalog, ExperimentList.BuiltIn);
        var constants = ConstantsCache.Open(run.Process.Cache);
        var mechanism = catalog.CreateMechanism(run.Plan.Games[0].Incentive.Mechanism) as ISurrogateMechanism;
        var choice = surrogate is null
            ? mechanism?.Surrogate ?? new PluginChoice(Theorem1.Name)
            : new PluginChoice(surrogate, "{}", "--surrogate");

        using var interruption = new Interruption();
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        await using var node = await LocalNode.StartAsync(catalog, threads);
        var (plan, tuned) = await new StepSizePreparation(catalog, node.System, threads, TimeProvider.System, interruption.Token)
            .PrepareAsync(new ExperimentPlan(run.Plan.Name, run.Plan.SweptPaths, [run.Plan.Games[0]]), run.Course.Tunings);
        var game = plan.Games[0];
        var notes = new List<string>(tuned.Select(stepSize => stepSize.Sentence));
        var fitted = await new SurrogatePreparation(catalog, node.System, constants, threads, notes.Add, interruption.Token)
            .SurrogateOfAsync(game, choice);
        using var parts = GameParts.Of(game, catalog, constants);
        var theory = GameTheory.Of(game, fitted, parts);

        using var redirected = new StringWriter();
        var console = Tables.Console(Console.IsOutputRedirected ? redirected : Console.Out);
        int[] batchSizes = [.. theory.Corrected.Select(client => client.BatchSize)];
        Tables.Write(console, TheoryTables.Of(
            theory, game.Learning.Protocol, parts.HasConstants ? parts.Constants(batchSizes) : null, notes.Concat(fitted.Warnings)));
        StandardStreams.Deliver(redirected.ToString());
        return ExitCode.Done;
    }
}
