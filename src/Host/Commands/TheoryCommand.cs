using System.CommandLine;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

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
        var request = new RunRequest(experiment) { Overrides = overrides, Plugins = plugins, Seed = seed };
        var choice = surrogate is null ? null : new PluginChoice(surrogate, "{}", "--surrogate");
        using var interruption = new Interruption();
        var findings = await new Laboratory().TheoryAsync(request, choice, interruption.Token);

        using var redirected = new StringWriter();
        var console = Tables.Console(Console.IsOutputRedirected ? redirected : Console.Out);
        Tables.Write(console, findings);
        StandardStreams.Deliver(redirected.ToString());
        return ExitCode.Done;
    }
}
