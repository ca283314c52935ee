using System.Diagnostics;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>Two nodes that train, both seeds, and the network between them and the node of a run.</summary>
internal sealed class StruckNodes : IDisposable
{
    /// <summary>The number of the run's node; those before it train.</summary>
    public const int OfRun = Workers;

    private const int Workers = 2;

    private readonly TemporaryFolder _folder;
    private readonly string _name;
    private readonly RunningProcess[] _workers;
    private readonly List<RunningProcess> _processes = [];

    /// <param name="run">The run that they are for.</param>
    /// <param name="folder">Where files are.</param>
    /// <param name="seed">Of what the network does.</param>
    public StruckNodes(DisturbedRun run, TemporaryFolder folder, Seed seed)
    {
        (_folder, _name) = (folder, run.Name);
        Network = new FaultyNetwork(seed, OfRun + 1);
        for (int node = 0; node <= OfRun; node++)
        {
            File.WriteAllText(folder.In(FileOf(node)), $$"""
                flcrowd.cluster {
                  seeds = ["127.0.0.1:{{Network.PortOf(0)}}", "127.0.0.1:{{Network.PortOf(1)}}"]
                  port = {{Network.OwnPortOf(node)}}
                  workers = {{Workers}}
                  akka.remote.flcrowd.public-port = {{Network.PortOf(node)}}
                }
                {{SmallExperiments.Silence(run.Pause)}}
                """);
        }

        _workers = [.. Enumerable.Range(0, Workers).Select(Start)];
    }

    public FaultyNetwork Network { get; }

    /// <summary>The cluster file of the run.</summary>
    public string FileOfRun => FileOf(OfRun);

    /// <summary>All processes of nodes that there were.</summary>
    public IEnumerable<RunningProcess> Processes => _processes;

    /// <summary>The node that a network parts from the others.</summary>
    public static int PartedBy(Fault fault) => fault.Victim % (OfRun + 1);

    public Process Worker(int victim) => _workers[victim % Workers].Process;

    public async Task RestartAsync(int victim)
    {
        var killed = _workers[victim % Workers];
        killed.Process.Kill();
        Assert.Equal(137, (await killed.Ended).ExitCode);
        _workers[victim % Workers] = Start(victim % Workers);
    }

    /// <summary>Disturbs the network for as long as something takes.</summary>
    public async Task DisturbAsync(Fault fault, Func<Task> meanwhile)
    {
        int node = PartedBy(fault);
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
