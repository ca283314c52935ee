using System.ComponentModel;
using System.Diagnostics;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Host.Tests.Templates;
using FLCrowd.Experiments.Processes;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>Plug-ins in Python, as tests need them.</summary>
internal static class Python
{
    /// <summary>The interpreter itself: what is found first may be a script that looks for it, every time.</summary>
    private static readonly Lazy<string?> Found = new(() =>
    {
        var start = new ProcessStartInfo(FLCrowd.Experiments.Loading.Python.Interpreter, ["-c", "import sys; print(sys.executable)"])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            using var python = Process.Start(start)!;
            var path = python.StandardOutput.ReadToEnd().Trim();
            python.WaitForExit();
            return python.ExitCode == 0 ? path : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    });

    /// <summary>Runs scripts.</summary>
    public static string Interpreter
    {
        get
        {
            Assert.SkipWhen(Found.Value is null, $"there is no {FLCrowd.Experiments.Loading.Python.Interpreter} on this machine");
            return Found.Value;
        }
    }

    /// <summary>The clients and mechanisms that come with the sources, and the helper module.</summary>
    public static string Samples => Path.Combine(OutsideProjects.Solution(), "samples/python");

    /// <summary>Writes a script of one's own beside the helper module, and returns its path.</summary>
    public static string Write(TemporaryFolder folder, string name, string script)
    {
        File.Copy(Path.Combine(Samples, "flcrowd.py"), folder.In("flcrowd.py"), overwrite: true);
        File.WriteAllText(folder.In(name), script);
        return folder.In(name);
    }

    /// <summary>A script with one strategy, <c>test/mine</c>, of which only methods are given.</summary>
    public static string WriteStrategy(TemporaryFolder folder, string name, string methods) => Write(folder, name, $$"""
        import os, sys, time
        import flcrowd

        class Mine(flcrowd.Strategy):
            "Mine."
        {{string.Join('\n', methods.Split('\n').Select(line => $"    {line}"))}}

        if __name__ == "__main__":
            flcrowd.serve({"test/mine": Mine})
        """);

    /// <summary>The built-in plug-ins and those of a script, with a silence of so many seconds.</summary>
    public static PluginCatalog Catalog(string script, double timeout = PluginCommand.DefaultTimeout) =>
        Plugins.Catalog(new PluginFile(script, PluginFile.Key) { Command = Command(script, timeout) });

    /// <summary>The strategies and mechanisms of the samples' script, as a plug-in.</summary>
    public static ProcessPlugin Plugin(string script) =>
        new(Command(Path.Combine(Samples, script), PluginCommand.DefaultTimeout));

    /// <summary>Plays a game that may fail.</summary>
    /// <returns>Why it did, null where it did not, and what was recorded.</returns>
    public static async Task<(string? Failure, List<RecordedEpisode> Episodes)> PlayAsync(
        PluginCatalog catalog, PreparedRun run, int threads = 2)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var node = await LocalNode.StartAsync(catalog, threads);
        var sink = new Sink();
        var result = await ExperimentRunner.RunAsync(node.System, run.Plan, sink, parallelGames: threads, null, cancel);
        return (result.Failure, sink.Episodes);
    }

    private static PluginCommand Command(string script, double timeout) => new([Interpreter, script], timeout);

    private sealed class Sink : IEpisodeSink
    {
        public List<RecordedEpisode> Episodes { get; } = [];

        public void Write(RecordedEpisode episode) => Episodes.Add(episode with { Clients = [.. episode.Clients] });

        public void Dispose()
        {
        }
    }
}
