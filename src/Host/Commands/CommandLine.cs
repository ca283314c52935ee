using System.CommandLine;
using FLCrowd.Actors.Nodes;
using FLCrowd.Host.Configuration;
using FLCrowd.Host.Loading;

namespace FLCrowd.Host.Commands;

/// <summary>The program's commands, and how what goes wrong in them reaches the user.</summary>
internal static class CommandLine
{
    private const string TraceVariable = "FLCROWD_TRACE";

    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail(string.Join(' ', parsed.Errors.Select(error => error.Message)), ExitCode.BadInput);
        }

        try
        {
            // Ctrl-C is ours: it must let the run end cleanly, however long that takes.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SettingException e)
        {
            return Fail(e.Message, ExitCode.BadInput);
        }
        catch (JoinRefusedException e)
        {
            return Fail(e.Message, ExitCode.BadInput);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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
            return Fail($"unexpected {e.GetType().Name}: {e.Message}{Environment.NewLine}This is a bug. Set {TraceVariable}=1 to see where.", ExitCode.Bug);
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("Federated learning as a game: a crowd of clients labels, trains, reports and gets paid. Without arguments: the quickstart experiment.")
        {
            RunCommand.Create(),
            ResumeCommand.Create(),
            NodeCommand.Create(),
            TheoryCommand.Create(),
            ListCommand.Create(),
            ReportCommand.Create(),
            NewCommand.Create(),
        };
        root.SetAction((_, _) => RunCommand.RunAsync(new RunRequest(Experiments.Default)));
        return root;
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"flcrowd: {message}");
        return code;
    }
}
