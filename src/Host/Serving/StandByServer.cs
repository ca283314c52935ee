using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using FLCrowd.Actors.Nodes;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Serving;

/// <summary>Goes on with the runs of nodes that died, one after the other, as <c>flcrowd resume</c> would.</summary>
/// <param name="cluster">How the nodes that play them join the cluster.</param>
/// <param name="threads">Threads that evaluate.</param>
internal sealed class StandByServer(ClusterSettings cluster, int threads)
{
    private readonly Channel<(RunDirectory Directory, IDisposable Exclusive)> _taken =
        Channel.CreateUnbounded<(RunDirectory, IDisposable)>();

    private readonly ConcurrentDictionary<string, Address> _runs = [];

    /// <summary>Watches the runs of a system's cluster, and those that it knew by earlier systems.</summary>
    public void Watch(ActorSystem system) => StandBys.Start(system, _runs, Take);

    /// <summary>Takes a run over, if its process does not live.</summary>
    private TakeOver Take(string folder)
    {
        IDisposable? exclusive = null;
        try
        {
            var directory = RunDirectory.Open(folder);
            exclusive = directory.TryLock();
            if (exclusive is null)
            {
                return TakeOver.Held;
            }

            if (directory.Read().Status == RunStatus.Running && _taken.Writer.TryWrite((directory, exclusive)))
            {
                exclusive = null;
                return TakeOver.Taken;
            }
        }
        catch (Exception e) when (e is SettingException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"flcrowd: cannot take over {folder}: {e.Message}");
        }
        finally
        {
            exclusive?.Dispose();
        }

        return TakeOver.Over;
    }

    /// <summary>Plays what is taken over, until it is told to end.</summary>
    public async Task ServeAsync(CancellationToken cancel)
    {
        // The workers that are left are enough to begin with.
        var request = new RunRequest("") { Threads = threads, Shared = cluster with { Workers = 1, Port = 0 } };
        try
        {
            await foreach (var (directory, exclusive) in _taken.Reader.ReadAllAsync(cancel))
            {
                using (exclusive)
                {
                    await GoOnAsync(directory, request);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
    }

    private static async Task GoOnAsync(RunDirectory directory, RunRequest request)
    {
        Console.Out.WriteLine($"taking over {directory.Path}: the process that played it is dead");
        try
        {
            await Commanded.RunAsync(cancel => new Laboratory().ResumeAsync(directory, request, new RunTerminal(request.Json), cancel));
        }
        catch (Exception e)
        {
            // This server is for other runs, too.
            Console.Error.WriteLine($"flcrowd: {directory.Path} does not go on: {e.Message}; try flcrowd resume {directory.Path}");
        }
    }
}
