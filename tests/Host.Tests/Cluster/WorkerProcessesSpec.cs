using System.Diagnostics;
using System.Globalization;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary><c>run --workers N</c> with real processes: the numbers of one process, and no process left behind.</summary>
public class WorkerProcessesSpec
{
    private static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];

    [Theory]
    [InlineData("learners.conf", "experiment.kind=sweep experiment.seeds=2", 3)]
    [InlineData("deviations", "learning.rounds=3 experiment.seeds=1 execution.cohort-size=2 execution.evaluate-every=1", 2)]
    public async Task Any_number_of_workers_gives_the_files_of_one_process(string experiment, string settings, params int[] numbers)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("learners.conf"), Learners.Experiment(episodes: 20, rounds: 10), TestContext.Current.CancellationToken);
        string[] overrides = [.. settings.Split(' ').SelectMany(setting => (string[])["--set", setting])];
        await PlayAsync(folder, "alone", [experiment, .. overrides]);
        foreach (int workers in numbers)
        {
            string name = workers.ToString(CultureInfo.InvariantCulture);
            await PlayAsync(folder, name, [experiment, .. overrides, "--workers", name]);
            Assert.All(Tables, table => Assert.Equal(
                File.ReadAllBytes(folder.In(Path.Combine("alone", table))), File.ReadAllBytes(folder.In(Path.Combine(name, table)))));
        }
    }

    [Fact]
    public async Task A_collection_keeps_its_workers_for_all_parts()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("both.conf"), "flcrowd { experiment { kind = collection, experiments = [quadratic, fig2] } }",
            TestContext.Current.CancellationToken);
        string[] arguments = ["both.conf", "--set", "learning.rounds=2", "--set", "experiment.seeds=1"];
        await PlayAsync(folder, "alone", arguments);
        using var run = FlcrowdProcess.Start(folder.Path, ["run", .. arguments, "--workers", "2", "--out", "together"]);
        await run.LineWithAsync("on 3 nodes");
        var first = run.Children().Select(worker => worker.Id).ToList();
        await run.LineWithAsync("on 3 nodes");
        var second = run.Children().Select(worker => worker.Id).ToList();
        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal(2, first.Count);
        Assert.Equal(first, second);
        Assert.All(
            from part in (string[])["quadratic", "fig2"] from table in Tables select Path.Combine(part, table),
            table => Assert.Equal(
                File.ReadAllBytes(folder.In(Path.Combine("alone", table))), File.ReadAllBytes(folder.In(Path.Combine("together", table)))));
    }

    [Fact]
    public async Task Workers_end_with_the_process_that_started_them_even_when_it_is_killed()
    {
        using var folder = new TemporaryFolder();
        using var run = FlcrowdProcess.Start(
            folder.Path, "run", "quadratic", "--set", "learning.rounds=100000", "--workers", "2", "--out", "killed");
        await run.LineWithAsync("3 nodes");
        List<Process> workers;
        try
        {
            workers = run.Children();
        }
        finally
        {
            run.Kill();
        }

        Assert.Equal(2, workers.Count);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (var worker in workers)
        {
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_node_leaves_when_it_is_terminated()
    {
        using var folder = new TemporaryFolder();
        using var node = FlcrowdProcess.Start(folder.Path, "node");
        Assert.Contains("worker", await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using var kill = Process.Start("kill", ["-TERM", node.Id.ToString(CultureInfo.InvariantCulture)]);
        var ended = await FlcrowdProcess.EndAsync(node);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_waits_for_a_seed_ends_when_it_is_told_to(bool isCtrlC)
    {
        using var folder = new TemporaryFolder();
        string port = FreePort.Next(), nobody = FreePort.Next();
        string[] arguments = ["node", "--port", port, "--seed", $"127.0.0.1:{nobody}"];
        using var node = isCtrlC ? FlcrowdProcess.StartOnTerminal(folder.Path, arguments) : FlcrowdProcess.Start(folder.Path, arguments);
        await Observe.UntilAsync(() => FreePort.IsTaken(port));
        node.Send(isCtrlC ? Signals.Interrupt : Signals.Terminate);
        var ended = await FlcrowdProcess.EndAsync(node);
        Assert.Equal((0, "", ""), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Theory]
    [InlineData("--workers 0", "--workers: is '0'; must be a whole number from 1 to")]
    [InlineData("--workers 1 --cluster seeds.conf", "the file of --cluster has seeds")]
    public async Task What_makes_no_sense_is_refused(string arguments, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.In("seeds.conf"), "flcrowd.cluster.seeds = [\"127.0.0.1:4053\"]", TestContext.Current.CancellationToken);
        var ended = await FlcrowdProcess.RunAsync(folder.Path, ["run", "quadratic", .. arguments.Split(' ')]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error);
    }

    private static async Task PlayAsync(TemporaryFolder folder, string name, string[] arguments)
    {
        var ended = await FlcrowdProcess.RunAsync(folder.Path, ["run", .. arguments, "--out", name]);
        Assert.True(ended.ExitCode == 0, ended.Error);
    }
}
