using System.CommandLine;
using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Loading;
using FLCrowd.Host.Running;
using FLCrowd.Host.Terminal;
using FLCrowd.Host.Theory;
using FLCrowd.Host.Tuning;
using FLCrowd.Strategies.Theory;
using Spectre.Console;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd theory EXPERIMENT</c>: what the theory says of an experiment's first game; plays nothing but pilots.</summary>
internal static class TheoryCommand
{
    public static Command Create()
    {
        var experiment = Argued.Text("EXPERIMENT", "A file, or a name that `flcrowd list experiments` shows.");
        var overrides = new Option<string[]>("--set") { Description = "Changes a setting: path=value. May be repeated.", HelpName = "PATH=VALUE", DefaultValueFactory = _ => [] };
        var plugins = PluginFile.Option();
        var seed = Argued.Seed();
        var surrogate = Argued.Text("--surrogate", "NAME", "The loss surrogate; by default the mechanism's, or theorem1 where it has none.");
        var command = new Command("theory", "Shows the constants, the bound, and per client LCEME's terms, printed against corrected.") { experiment, overrides, plugins, seed, surrogate };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(experiment), parsed.GetValue(overrides) ?? [], parsed.GetValue(plugins) ?? [], parsed.GetValue(seed), parsed.GetValue(surrogate)));
        return command;
    }

    private static async Task<int> RunAsync(string experiment, IReadOnlyList<string> overrides, IReadOnlyList<string> plugins, ulong? seed, string? surrogate)
    {
        var source = Experiments.Find(experiment);
        var tree = Experiments.Resolve(source, overrides, seed);
        var catalog = Plugins.Catalog(PluginFile.Of(tree, source.Folder, plugins));
        var run = PlanBuilder.Build(source.Name, tree, catalog);
        var constants = ConstantsCache.Open(run.Process.Cache);
        var mechanism = catalog.CreateMechanism(run.Plan.Games[0].Incentive.Mechanism) as ISurrogateMechanism;
        var choice = surrogate is null
            ? mechanism?.Surrogate ?? new PluginChoice(Theorem1.Name)
            : new PluginChoice(surrogate, "{}", "--surrogate");

        using var interruption = new Interruption();
        int threads = run.Process.Threads ?? Environment.ProcessorCount;
        await using var node = await LocalNode.StartAsync(catalog, threads);
        var (plan, tuned) = await new StepSizePreparation(catalog, node.System, threads, TimeProvider.System, interruption.Token)
            .PrepareAsync(new ExperimentPlan(run.Plan.Name, run.Plan.SweptPaths, [run.Plan.Games[0]]), run.Tunings);
        var game = plan.Games[0];
        var notes = new List<string>(tuned.Select(stepSize => stepSize.Sentence));
        var fitted = await new SurrogatePreparation(catalog, node.System, constants, threads, notes.Add, interruption.Token)
            .SurrogateOfAsync(game, choice);
        using var parts = GameParts.Of(game, catalog, constants);
        var theory = GameTheory.Of(game, fitted, parts);

        using var redirected = new StringWriter();
        var console = Tables.Console(Console.IsOutputRedirected ? redirected : Console.Out);
        int[] batchSizes = [.. theory.Corrected.Select(client => client.BatchSize)];
        if (parts.HasConstants)
        {
            Tables.Write(console, TheoryTables.Constants(parts.Constants(batchSizes), game.Learning.Protocol));
        }

        if (fitted.Errors is { } errors)
        {
            Tables.Write(console, TheoryTables.Measured(fitted, errors, batchSizes));
        }

        Tables.Write(console, TheoryTables.Terms(theory));
        console.WriteLine($"expected loss when all do what they are asked: {theory.TruthfulLoss:G5}; the server's payoff then: {theory.ServerPayoff:G5}");
        foreach (var note in notes.Concat(fitted.Warnings))
        {
            console.WriteLine($"note: {note}");
        }

        StandardStreams.Deliver(redirected.ToString());
        return ExitCode.Done;
    }
}
