using System.CommandLine;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Watching;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd watch DIR</c>: shows runs in a browser, those that are over and those under way.</summary>
internal static class WatchCommand
{
    private const int MostPorts = 65535;

    public static Command Create()
    {
        var directory = Argued.Text("DIR", "The folder of a run, or one with such folders in it, such as runs.");
        var port = Argued.Whole("--port", "N", "Where to listen on 127.0.0.1; by default wherever nobody else does.", 1, MostPorts);
        var command = new Command("watch", "Shows runs in a browser, whether they are under way or over; ends with Ctrl-C.")
        {
            directory, port,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(directory), parsed.GetValue(port) ?? 0));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int port)
    {
        using var interruption = new Interruption();
        await using var server = await WatchServer.StartAsync(WatchedFolder.Of(folder, TimeProvider.System), port);
        Console.Out.WriteLine($"watch {folder} at {server.Address} until Ctrl-C");
        Desktop.Open(server.Address);
        await interruption.UntilAsync();
        return ExitCode.Done;
    }
}
