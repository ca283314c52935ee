using System.Diagnostics;

namespace FLCrowd.Host.Tests;

/// <summary>The program as users run it: its own process.</summary>
internal sealed record FlcrowdProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command to its end, in a process that may have run others.</summary>
    public static Task<FlcrowdProcess> RunAsync(string folder, params string[] arguments) => WarmProgram.RunAsync(folder, arguments);

    /// <summary>Runs a command to its end, in a process of its own.</summary>
    public static async Task<FlcrowdProcess> RunAloneAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>The program's file.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "flcrowd.dll");

    public static Process Start(string folder, params string[] arguments) => StartProgram(Program, folder, [], arguments);

    /// <summary>Starts it so that Ctrl-C ends it, which whatever is started in the background ignores, and so do its children.</summary>
    public static Process StartOnTerminal(string folder, params string[] arguments)
    {
        string[] env = ["env", "--default-signal=INT"];
        using (var works = Process.Start(new ProcessStartInfo("env", [env[1], "true"]) { RedirectStandardError = true })!)
        {
            works.WaitForExit();
            Assert.SkipUnless(works.ExitCode == 0, "env has no --default-signal, which GNU coreutils have since 8.31");
        }

        return Start([.. env, Host, Program], folder, [], arguments);
    }

    /// <summary>Starts a program, with more in its environment.</summary>
    public static Process StartProgram(
        string program, string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Start([Host, program], folder, environment, arguments);

    /// <summary>Starts the program by another one, which is given it with its arguments.</summary>
    public static Process StartProgram(string[] by, string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Start([.. by, Host, Program], folder, environment, arguments);

    private static string Host =>
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static Process Start(string[] program, string folder, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program[0], [.. program[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = environment.Any(variable => variable.Name == WarmProgram.HookVariable),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Not the cache of whoever runs the tests.
        start.Environment["XDG_CACHE_HOME"] = start.Environment["LOCALAPPDATA"] = Path.Combine(AppContext.BaseDirectory, "cache");

        // Most of what so short a process does is to compile itself: not to measure what would be worth compiling better saves a tenth of
        // it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<FlcrowdProcess> EndAsync(Process process)
    {
        var cancel = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new FlcrowdProcess(process.ExitCode, await output, await error);
    }
}
