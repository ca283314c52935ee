using System.CommandLine;
using System.CommandLine.Parsing;
using FLCrowd.Actors.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Loading;
using FLCrowd.Host.Shell;

namespace FLCrowd.Host.Commands;

/// <summary>The program's commands, and how what goes wrong in them reaches the user.</summary>
internal static class CommandLine
{
    private const string TraceVariable = "FLCROWD_TRACE";

    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (Problem(parsed) is { } problem)
        {
            return Fail(problem, ExitCode.BadInput);
        }

        try
        {
            // Ctrl-C is ours: it must let the run end cleanly, however long that takes.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SettingException e)
        {
            return Fail(e.Message, ExitCode.BadInput);
        }
        catch (JoinRefusedException e)
        {
            return Fail(e.Message, ExitCode.BadInput);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PilotException)
        {
            // Folders and files are tried before anything runs: the disk is full, or went away.
            return Fail(e.Message, ExitCode.RunFailed);
        }
        catch (Exception e) when (PluginFault.Of(e) is { } guilty)
        {
            return Fail($"{guilty} failed: {e.GetType().Name}: {e.Message}", ExitCode.RunFailed);
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            return Fail(
                $"unexpected {e.GetType().Name}: {e.Message}{Environment.NewLine}This is a bug. Set {TraceVariable}=1 to see where.",
                ExitCode.Bug);
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "Federated learning as a game: a crowd of clients labels, trains, reports and gets paid. "
            + "Without arguments: the quickstart experiment.")
        {
            RunCommand.Create(),
            ResumeCommand.Create(),
            NodeCommand.Create(),
            TheoryCommand.Create(),
            ListCommand.Create(),
            ReportCommand.Create(),
            WatchCommand.Create(),
            CompareCommand.Create(),
            NewCommand.Create(),
        };
        root.SetAction((_, _) =>
        {
            Console.Out.WriteLine(
                $"flcrowd without arguments runs the experiment {ExperimentSources.Default}: ten clients learn from what they are paid,"
                + $" under three mechanisms;{Environment.NewLine}a minute on two cores. All commands: flcrowd --help");
            return RunCommand.RunAsync(Look.Meanwhile, new RunRequest(ExperimentSources.Default));
        });
        return root;
    }

    /// <summary>What is wrong with a command line, in one line; null: nothing.</summary>
    public static string? Problem(params string[] args) => Problem(Create().Parse(args));

    private static string? Problem(ParseResult parsed) => parsed.Errors.Count == 0
        ? null
        : Misspelt(parsed) ?? string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct()).ReplaceLineEndings(" ");

    /// <summary>What the first word that is no command or option may have meant; null: all are known.</summary>
    private static string? Misspelt(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var commanded = parsed.CommandResult.Parents().OfType<CommandResult>().Reverse().Append(parsed.CommandResult);
        var path = string.Join(' ', commanded.Skip(1).Select(result => result.Command.Name).Prepend("flcrowd"));
        IReadOnlyList<string> options = [.. command.Options.Where(option => !option.Hidden).Select(option => option.Name)];
        IReadOnlyList<string> commands = [.. command.Subcommands.Where(inner => !inner.Hidden).Select(inner => inner.Name)];
        return word.StartsWith('-') ? $"{word}: is no option of '{path}'{Hint.For(word, options)}; known are {string.Join(", ", options)}"
            : commands.Count > 0 ? $"{word}: is no command of '{path}'{Hint.For(word, commands)}; known are {string.Join(", ", commands)}"
            : $"{word}: is one argument more than '{path}' takes";
    }

    private static IEnumerable<SymbolResult> Parents(this SymbolResult result)
    {
        for (var parent = result.Parent; parent is not null; parent = parent.Parent)
        {
            yield return parent;
        }
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"flcrowd: {message}");
        return code;
    }
}
