using System.Diagnostics;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>Two nodes that train, both seeds, and the network between them and the node of a run.</summary>
internal sealed class StruckNodes : IDisposable
{
    private const int Count = 2;

    private readonly TemporaryFolder _folder;
    private readonly string _name;
    private readonly RunningProcess[] _workers;
    private readonly List<RunningProcess> _processes = [];

    /// <param name="folder">Where files are.</param>
    /// <param name="name">What files are named by.</param>
    /// <param name="seed">Of what the network does.</param>
    public StruckNodes(TemporaryFolder folder, string name, Seed seed)
    {
        (_folder, _name) = (folder, name);
        Network = new FaultyNetwork(seed, Count + 1);
        for (int node = 0; node <= Count; node++)
        {
            File.WriteAllText(folder.In(FileOf(node)), $$"""
                flcrowd.cluster {
                  seeds = ["127.0.0.1:{{Network.PortOf(0)}}", "127.0.0.1:{{Network.PortOf(1)}}"]
                  port = {{Network.OwnPortOf(node)}}
                  workers = {{Count}}
                  akka.remote.flcrowd.public-port = {{Network.PortOf(node)}}
                }
                {{SmallExperiments.Quick}}
                """);
        }

        _workers = [.. Enumerable.Range(0, Count).Select(Start)];
    }

    public FaultyNetwork Network { get; }

    /// <summary>The cluster file of the run.</summary>
    public string FileOfRun => FileOf(Count);

    /// <summary>All processes of nodes that there were.</summary>
    public IEnumerable<RunningProcess> Processes => _processes;

    public Process Worker(int victim) => _workers[victim % Count].Process;

    public async Task RestartAsync(int victim)
    {
        var killed = _workers[victim % Count];
        killed.Process.Kill();
        Assert.Equal(137, (await killed.Ended).ExitCode);
        _workers[victim % Count] = Start(victim % Count);
    }

    /// <summary>Disturbs the network for as long as something takes.</summary>
    public async Task DisturbAsync(Fault fault, Func<Task> meanwhile)
    {
        int node = fault.Victim % (Count + 1);
        switch (fault.Kind)
        {
            case FaultKind.Cut:
                Network.Cut(node);
                break;
            case FaultKind.Silence:
                Network.Silence(node);
                break;
            default:
                Network.Lose();
                break;
        }

        await meanwhile();
        Network.Heal();
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        Network.Dispose();
    }

    private string FileOf(int node) => $"{_name}.{node}.conf";

    private RunningProcess Start(int node)
    {
        var process = new RunningProcess(FlcrowdProcess.Start(_folder.Path, "node", "--cluster", FileOf(node), "--threads", "1"));
        _processes.Add(process);
        return process;
    }
}
