using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using FLCrowd.Host.Commands;

namespace FLCrowd.Host.Tests;

/// <summary>
/// The program in a process that carries out one command after another, each in its folder and with an output and an error of its own. Most
/// of what a process does that lives for some seconds is to compile itself: this one has done so. What a process is made of (signals,
/// streams, workers, the way it ends) is tested with processes of their own (<see cref="FlcrowdProcess.RunAloneAsync"/>).
/// </summary>
internal sealed class WarmProgram
{
    /// <summary>The variable by which .NET runs <see cref="StartupHook"/> before the program.</summary>
    public const string HookVariable = "DOTNET_STARTUP_HOOKS";

    /// <summary>What a process keeps (assemblies of plug-ins above all) goes with it after so many commands.</summary>
    private const int MostCommands = 25;

    private static readonly ConcurrentBag<WarmProgram> Idle = [];

    private readonly Process _process = FlcrowdProcess.StartProgram(
        FlcrowdProcess.Program, AppContext.BaseDirectory, [(HookVariable, typeof(WarmProgram).Assembly.Location)]);

    private int _commands;

    /// <summary>Carries out a command.</summary>
    public static async Task<FlcrowdProcess> RunAsync(string folder, string[] arguments)
    {
        var program = Idle.TryTake(out var idle) ? idle : new WarmProgram();
        try
        {
            var ended = await program.CarryOutAsync(new Command(folder, arguments));
            if (++program._commands < MostCommands)
            {
                Idle.Add(program);
            }
            else
            {
                program.End();
            }

            return ended;
        }
        catch
        {
            program.End();
            throw;
        }
    }

    /// <summary>In the program's process: carries out commands until there are no more.</summary>
    public static void Serve()
    {
        // Processes that the program starts are to be the program.
        Environment.SetEnvironmentVariable(HookVariable, null);
        var answers = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        while (Console.In.ReadLine() is { } line)
        {
            var command = JsonSerializer.Deserialize<Command>(line)!;
            using StringWriter output = new(), error = new();
            Console.SetOut(TextWriter.Synchronized(output));
            Console.SetError(TextWriter.Synchronized(error));
            Environment.CurrentDirectory = command.Folder;
            int code = CommandLine.InvokeAsync(command.Arguments).GetAwaiter().GetResult();
            answers.WriteLine(JsonSerializer.Serialize(new FlcrowdProcess(code, output.ToString(), error.ToString())));
        }

        Environment.Exit(0);
    }

    private async Task<FlcrowdProcess> CarryOutAsync(Command command)
    {
        var cancel = TestContext.Current.CancellationToken;
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command).AsMemory(), cancel);
        await _process.StandardInput.FlushAsync(cancel);
        return await _process.StandardOutput.ReadLineAsync(cancel) is { } answer
            ? JsonSerializer.Deserialize<FlcrowdProcess>(answer)!
            : throw new InvalidOperationException(
                $"the program died at {string.Join(' ', command.Arguments)}: {await _process.StandardError.ReadToEndAsync(cancel)}");
    }

    private void End()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private sealed record Command(string Folder, string[] Arguments);
}
