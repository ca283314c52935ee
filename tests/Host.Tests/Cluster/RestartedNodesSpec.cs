using System.Diagnostics;
using System.Globalization;
using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>
/// Three nodes by the recipe of docs/cluster.md, with one seed: whatever is killed and started again, or stopped for longer than the
/// others wait, the run's files are those of one process.
/// </summary>
public sealed class RestartedNodesSpec : IDisposable
{
    /// <summary>The run's episodes: some 2,000 make ten minutes on two cores.</summary>
    private static readonly int Episodes =
        int.Parse(Environment.GetEnvironmentVariable("FLCROWD_RESTART_EPISODES") ?? "40", CultureInfo.InvariantCulture);

    /// <summary>For each thing that is waited for, half of the run perhaps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240 + Episodes);

    private readonly InterruptedRuns _runs = new();
    private readonly List<RunningProcess> _processes = [];
    private readonly string _port = FreePort.Next();

    public RestartedNodesSpec()
    {
        File.WriteAllText(_runs.In("game.conf"), $$"""
            flcrowd {
              data { clients = 10 }
              learning { model = quadratic, step-size = 0.1, rounds = 300 }
              game { assignment = 60 }
              clients = [
                { strategy = mixed, strategies = [{ strategy = truthful }, { strategy = misreport }, { strategy = free-rider }], count = 6 }
                { strategy = shirk-labeling, count = 4 }
              ]
              experiment { episodes = {{Episodes}} }
              execution { cohort-size = 2, evaluate-every = 7, checkpoint-every = 500ms }
            }
            """);
        File.WriteAllText(_runs.In("cluster.conf"), $$"""
            flcrowd.cluster { seeds = ["127.0.0.1:{{_port}}"], workers = 2
              akka.cluster {
                failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 2s }
                split-brain-resolver.stable-after = 1s
              }
            }
            """);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        _runs.Dispose();
    }

    [Fact]
    public async Task A_run_outlives_the_restart_of_every_node()
    {
        var whole = _runs.CompleteAsync("run", "game.conf", "--threads", "1", "--out", "whole");
        var (other, seed) = (Node(), Node("--port", _port));
        var run = Start("run", "game.conf", "--cluster", "cluster.conf", "--threads", "1", "--out", "moved");
        await RecordedAsync(Episodes / 8, run);
        await KillAsync(seed);
        seed = Node("--port", _port);
        await RecordedAsync(Episodes / 2, run);
        await KillAsync(other);
        other = Node();
        await RecordedAsync(3 * Episodes / 4, run);
        await KillAsync(run);
        var ended = await InTimeAsync(Start("resume", "moved", "--cluster", "cluster.conf", "--threads", "1").Ended);
        Assert.True(ended.ExitCode == 0, ended.Error);
        await whole;
        _runs.AssertSameTables("whole", "moved");

        // The node of the run died, and no other one could take its place: the workers are there for the next.
        foreach (var worker in (RunningProcess[])[seed, other])
        {
            worker.Process.Send(Signals.Terminate);
            ended = await InTimeAsync(worker.Ended);
            Assert.Equal(0, ended.ExitCode);
            Assert.Contains("the others went on without this node", ended.Error);
            Assert.Contains("is with the others again", ended.Error);
        }
    }

    [Fact]
    public async Task A_run_outlives_that_each_node_and_all_are_stopped_for_a_while()
    {
        var whole = _runs.CompleteAsync("run", "game.conf", "--threads", "1", "--out", "whole");
        RunningProcess[] workers = [Node(), Node("--port", _port)];
        var run = Start("run", "game.conf", "--cluster", "cluster.conf", "--threads", "1", "--out", "moved");

        // The node of the run, until the workers have given it up.
        await RecordedAsync(Episodes / 8, run);
        run.Process.Raise(Signals.Stop);
        await InTimeAsync(Task.WhenAll(workers.Select(worker => worker.SaysAsync("the others went on without this node"))));
        run.Process.Raise(Signals.Continue);

        // A worker, until the run has gone on without it.
        await RecordedAsync(Episodes / 4, run);
        workers[0].Process.Raise(Signals.Stop);
        await RecordedAsync(Episodes / 2, run);
        workers[0].Process.Raise(Signals.Continue);
        await RecordedAsync(3 * Episodes / 4, run);

        // All, for longer than any of them waits: nothing but time can be seen to pass.
        RunningProcess[] all = [.. workers, run];
        Array.ForEach(all, node => node.Process.Raise(Signals.Stop));
        long start = Stopwatch.GetTimestamp();
        await Observe.UntilAsync(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5));
        Array.ForEach(all, node => node.Process.Raise(Signals.Continue));
        var ended = await InTimeAsync(run.Ended);
        Assert.True(ended.ExitCode == 0, ended.Error);
        await whole;
        _runs.AssertSameTables("whole", "moved");
        Assert.DoesNotContain(workers, worker => worker.Process.HasExited);
    }

    private RunningProcess Node(params string[] more) => Start(["node", "--cluster", "cluster.conf", "--threads", "1", .. more]);

    private RunningProcess Start(params string[] arguments)
    {
        var process = new RunningProcess(FlcrowdProcess.Start(_runs.Path, arguments));
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until the run has recorded so many episodes.</summary>
    private async Task RecordedAsync(int episodes, RunningProcess run)
    {
        string file = _runs.In("moved/episodes.csv");
        await InTimeAsync(Observe.UntilAsync(
            () => run.Process.HasExited || (File.Exists(file) && File.ReadLines(file).Count() > episodes)));
        Assert.False(run.Process.HasExited, run.Error);
    }

    private async Task<T> InTimeAsync<T>(Task<T> task)
    {
        await InTimeAsync((Task)task);
        return await task;
    }

    /// <summary>Waits for what may take a while, and where it does not come says what all nodes said.</summary>
    private async Task InTimeAsync(Task task)
    {
        try
        {
            await task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(string.Join('\n', _processes.Select(
                process => $"{string.Join(' ', process.Process.StartInfo.ArgumentList)}:\n{process.Error}")));
        }
    }

    private static async Task KillAsync(RunningProcess process)
    {
        process.Process.Kill();
        Assert.Equal(137, (await process.Ended).ExitCode);
    }
}
