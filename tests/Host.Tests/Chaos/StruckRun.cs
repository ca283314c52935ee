using System.Diagnostics;
using FLCrowd.Host.Tests.Cluster;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>Plays one run of a schedule, with all that happens to it.</summary>
internal sealed class StruckRun : IDisposable
{
    /// <summary>For each thing that is waited for, on a machine that does other things, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly DisturbedRun _run;
    private readonly TemporaryFolder _folder;
    private readonly long _whole;
    private readonly StruckNodes? _nodes;
    private readonly List<RunningProcess> _processes = [];
    private readonly List<Fault> _struck = [];
    private int _resumes;
    private int _lostNodes;

    /// <param name="run">What to play.</param>
    /// <param name="folder">Where the experiments are, and the run is to be.</param>
    /// <param name="whole">Bytes of the tables of such a run.</param>
    /// <param name="seed">Of what the network does.</param>
    public StruckRun(DisturbedRun run, TemporaryFolder folder, long whole, Seed seed)
    {
        (_run, _folder, _whole) = (run, folder, whole);
        _nodes = run.Layout == Layout.Nodes ? new StruckNodes(run, folder, seed) : null;
        File.WriteAllText(folder.In(FileOfWorkers), SmallExperiments.Silence(run.Pause));
    }

    private RunningProcess Process => _processes[^1];

    private string FileOfWorkers => $"{_run.Name}.conf";

    private string Folder => _folder.In(_run.Name);

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _nodes?.Dispose();
    }

    /// <summary>Plays it to its end.</summary>
    /// <exception cref="ChaosException">It did not come to the end that it should.</exception>
    public async Task<Outcome> PlayAsync()
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            Begin();
            foreach (var fault in _run.Faults)
            {
                if (await IsTimeAsync(fault))
                {
                    _struck.Add(fault);
                    await StrikeAsync(fault);
                }
            }

            while (!await HasEndedWellAsync())
            {
            }

            Assert.Equal(0, _nodes?.Network.Unknown ?? 0);
            RunFiles.AssertSame(_folder.In(_run.Kind), Folder);
            return new Outcome(_run, _struck, _resumes, _lostNodes, _nodes?.Network.Disturbed ?? 0, Stopwatch.GetElapsedTime(start));
        }
        catch (Exception e)
        {
            var said = _processes.Concat(_nodes?.Processes ?? []).Select(
                process => $"{string.Join(' ', process.Process.StartInfo.ArgumentList)}:\n{process.Error}");
            throw new ChaosException($"{_run}\nstruck by {string.Join("; ", _struck)}\n{e}\n{string.Join('\n', said)}", e);
        }
    }

    /// <summary>Waits for the moment of a fault.</summary>
    /// <returns>False: the run came to its end first.</returns>
    private async Task<bool> IsTimeAsync(Fault fault)
    {
        while (true)
        {
            await InTimeAsync(Observe.UntilAsync(() => Process.Process.HasExited || IsNow(fault)));
            await PassAsync(fault.Late);
            if (!Process.Process.HasExited)
            {
                return true;
            }

            if (await HasEndedWellAsync())
            {
                return false;
            }
        }
    }

    private bool IsNow(Fault fault) => File.Exists(Path.Combine(Folder, "run.json"))
        && RunFiles.Written(Folder) >= fault.Share * _whole
        && (_run.Layout != Layout.Workers || fault.Kind is not (FaultKind.KillWorker or FaultKind.StopWorker) || Workers().Count > 0);

    private async Task StrikeAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.KillRun:
                Process.Process.Kill();
                break;
            case FaultKind.FullDisk when RunFiles.Lengths(Folder) is { Count: > 0 } files:
                Process.Process.LimitFiles(files[fault.Victim % files.Count].Bytes);
                break;
            case FaultKind.StopRun:
                await StopAsync(Process.Process, fault.Lasts);
                break;
            case FaultKind.KillWorker when _nodes is not null:
                await _nodes.RestartAsync(fault.Victim);
                break;
            case FaultKind.StopWorker when _nodes is not null:
                await StopAsync(_nodes.Worker(fault.Victim), fault.Lasts);
                break;
            case FaultKind.KillWorker when Workers() is { Count: > 0 } workers:
                workers[fault.Victim % workers.Count].Raise(Signals.Kill);
                break;
            case FaultKind.StopWorker when Workers() is { Count: > 0 } workers:
                await StopAsync(workers[fault.Victim % workers.Count], fault.Lasts);
                break;
            case FaultKind.Cut or FaultKind.Silence or FaultKind.Loss:
                await _nodes!.DisturbAsync(fault, () => PassAsync(fault.Lasts));
                break;
        }

        if (fault.EndsRun)
        {
            // Whatever comes next is to strike the process that goes on.
            await HasEndedWellAsync();
        }
    }

    private async Task StopAsync(Process process, TimeSpan lasts)
    {
        process.Raise(Signals.Stop);
        try
        {
            await PassAsync(lasts);
        }
        finally
        {
            process.Raise(Signals.Continue);
        }
    }

    /// <summary>Waits until the run's process has ended, and starts another one where it is not to the good.</summary>
    /// <returns>Whether all is done.</returns>
    private async Task<bool> HasEndedWellAsync()
    {
        await InTimeAsync(Process.Ended);
        var ended = await Process.Ended;
        switch (ended.ExitCode)
        {
            case 0:
                return true;
            case 137 when _struck is [.., { Kind: FaultKind.KillRun }]:
                break;
            case 3 when _struck is [.., { Kind: FaultKind.FullDisk }]:
                AssertSaysHowToGoOn(ended);
                break;
            case 3 when _struck.Exists(fault => fault.HidesRun):
                AssertSaysHowToGoOn(ended);
                _lostNodes++;
                break;
            default:
                Assert.Fail($"the run ended with exit code {ended.ExitCode}");
                break;
        }

        Begin();
        return false;
    }

    /// <summary>In one line, and the last.</summary>
    private void AssertSaysHowToGoOn(FlcrowdProcess ended)
    {
        string last = ended.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("flcrowd: ", last, StringComparison.Ordinal);
        Assert.Contains($"flcrowd resume {_run.Name}", last, StringComparison.Ordinal);
    }

    /// <summary>Begins the run, or goes on with it.</summary>
    private void Begin()
    {
        bool isBegun = File.Exists(Path.Combine(Folder, "run.json"));
        _resumes += isBegun ? 1 : 0;
        string[] what = isBegun ? ["resume", _run.Name] : ["run", $"{_run.Kind}.conf", "--out", _run.Name];
        string[] where = _run.Layout switch
        {
            Layout.Alone => [],
            Layout.Workers => ["--workers", "2", "--cluster", FileOfWorkers],
            _ => ["--cluster", _nodes!.FileOfRun],
        };
        _processes.Add(new RunningProcess(FlcrowdProcess.StartProgram(
            FileLimit.Launcher, _folder.Path, FileLimit.Environment, [.. what, "--threads", "1", .. where])));
    }

    private List<Process> Workers()
    {
        try
        {
            return Process.Process.Children();
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // One has just ended.
            return [];
        }
    }

    /// <summary>Lets time pass, unless the run ends.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        try
        {
            await Process.Ended.WaitAsync(time, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on.
        }
    }

    private static async Task InTimeAsync(Task task) => await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
