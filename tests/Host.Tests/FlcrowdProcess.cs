using System.Diagnostics;

namespace FLCrowd.Host.Tests;

/// <summary>The program as users run it: its own process.</summary>
internal sealed record FlcrowdProcess(int ExitCode, string Output, string Error)
{
    public static async Task<FlcrowdProcess> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>The program's file.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "flcrowd.dll");

    public static Process Start(string folder, params string[] arguments) => StartProgram(Program, folder, [], arguments);

    /// <summary>Starts a program, with more in its environment.</summary>
    public static Process StartProgram(string program, string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Not the cache of whoever runs the tests.
        start.Environment["XDG_CACHE_HOME"] = start.Environment["LOCALAPPDATA"] = Path.Combine(AppContext.BaseDirectory, "cache");

        // Most of what so short a process does is to compile itself: not to measure what would be worth compiling better saves a tenth of it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
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
