using System.Diagnostics;
using System.Globalization;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary><c>run --workers N</c> with real processes: the numbers of one process, and no process left behind.</summary>
public class WorkerProcessesSpec
{
    private static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];

    [Theory]
    [InlineData("quadratic", "learning.rounds=10 experiment.seeds=2")]
    [InlineData("quickstart", "learning.rounds=3 experiment.seeds=1 execution.cohort-size=2 execution.evaluate-every=1")]
    public async Task Any_number_of_workers_gives_the_files_of_one_process(string experiment, string settings)
    {
        using var folder = new TemporaryFolder();
        string[] overrides = [.. settings.Split(' ').SelectMany(setting => (string[])["--set", setting])];
        await PlayAsync(folder, "alone", [experiment, .. overrides]);
        foreach (int workers in (int[])[1, 2, 3])
        {
            string name = workers.ToString(CultureInfo.InvariantCulture);
            await PlayAsync(folder, name, [experiment, .. overrides, "--workers", name]);
            Assert.All(Tables, table => Assert.Equal(
                File.ReadAllBytes(folder.In(Path.Combine("alone", table))), File.ReadAllBytes(folder.In(Path.Combine(name, table)))));
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 1)]
    public async Task A_worker_that_is_killed_changes_no_number(int afterLinesOfProgress, int victim)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["quickstart", "--set", "experiment.seeds=1", "--set", "execution.cohort-size=2", "--set", "execution.resend-after=1s"];
        await PlayAsync(folder, "alone", arguments);
        using var run = FlcrowdProcess.Start(folder.Path, ["run", .. arguments, "--workers", "2", "--out", "robbed"]);
        for (int lines = 0; lines < afterLinesOfProgress;)
        {
            var line = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            lines += line.Contains("rounds,", StringComparison.Ordinal) ? 1 : 0;
        }

        ChildrenOf(run.Id)[victim].Kill();
        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.All(Tables, table => Assert.Equal(
            File.ReadAllBytes(folder.In(Path.Combine("alone", table))), File.ReadAllBytes(folder.In(Path.Combine("robbed", table)))));
    }

    [Fact]
    public async Task Workers_end_with_the_process_that_started_them_even_when_it_is_killed()
    {
        using var folder = new TemporaryFolder();
        using var run = FlcrowdProcess.Start(folder.Path, "run", "quadratic", "--set", "learning.rounds=100000", "--workers", "2", "--out", "killed");
        while (await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("3 nodes", StringComparison.Ordinal))
        {
        }

        List<Process> workers;
        try
        {
            workers = ChildrenOf(run.Id);
        }
        finally
        {
            run.Kill();
        }

        Assert.Equal(2, workers.Count);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        foreach (var worker in workers)
        {
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
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
    [InlineData("--workers 0", "--workers: is 0; must be at least 1")]
    [InlineData("--workers 1 --cluster x.conf", "with --cluster")]
    public async Task What_makes_no_sense_is_refused(string arguments, string message)
    {
        using var folder = new TemporaryFolder();
        var ended = await FlcrowdProcess.RunAsync(folder.Path, ["run", "quadratic", .. arguments.Split(' ')]);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error);
    }

    private static async Task PlayAsync(TemporaryFolder folder, string name, string[] arguments)
    {
        var ended = await FlcrowdProcess.RunAsync(folder.Path, ["run", .. arguments, "--out", name]);
        Assert.True(ended.ExitCode == 0, ended.Error);
    }

    /// <summary>Processes that any thread of another one started.</summary>
    private static List<Process> ChildrenOf(int parent) => [.. Directory
        .EnumerateDirectories($"/proc/{parent}/task")
        .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture)))];
}
