using System.Globalization;
using Akka.Actor;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>Somebody else on this machine: the program as its own processes, whose ports are written to.</summary>
public class StrangerSpec
{
    private static readonly string[] Tables = ["episodes.csv", "rounds.csv", "clients.csv"];
    private static readonly string[] Experiment = ["run", "quadratic", "--set", "learning.rounds=400", "--set", "experiment.seeds=2"];

    /// <summary>100,000 of them take minutes: FLCROWD_MUTATIONS=100000.</summary>
    private static int Mutations =>
        int.Parse(Environment.GetEnvironmentVariable("FLCROWD_MUTATIONS") ?? "2500", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_run_with_workers_of_its_own_has_the_same_bytes_and_says_a_few_lines()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await FlcrowdProcess.RunAsync(folder.Path, [.. Experiment, "--out", "alone"])).ExitCode);
        using var run = FlcrowdProcess.Start(folder.Path, [.. Experiment, "--workers", "2", "--out", "attacked"]);
        Assert.DoesNotContain("others may join", await run.LineWithAsync("on 3 nodes"));
        Assert.All(run.Children(), worker => Assert.All(
            (string[])["cmdline", "environ"], file => Assert.DoesNotContain("MII", File.ReadAllText($"/proc/{worker.Id}/{file}"))));
        var ports = run.Children().Append(run).Select(process => PortOf(process.Id)).ToList();
        await using var stranger = new Stranger();
        foreach (int port in ports)
        {
            var intruder = new Intruder(port);
            stranger.Attack(Address.Parse($"akka.tcp://flcrowd@127.0.0.1:{port}"));
            await intruder.WriteGarbageAsync(100);
            foreach (var socket in await intruder.HoldAsync(300))
            {
                socket.Dispose();
            }
        }

        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.All(Tables, table => Assert.Equal(
            File.ReadAllBytes(folder.In($"alone/{table}")), File.ReadAllBytes(folder.In($"attacked/{table}"))));
        Assert.Contains("warning: refused connections of strangers: ", ended.Error);
        Assert.InRange(ended.Error.Split('\n').Length, 2, 25);
    }

    [Fact]
    public async Task A_node_on_loopback_without_certificates_works_on_whatever_is_written_to_it_and_says_a_few_lines()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await FlcrowdProcess.RunAsync(folder.Path, [.. Experiment, "--out", "alone"])).ExitCode);
        using var node = FlcrowdProcess.Start(folder.Path, "node");
        try
        {
            string address = await node.AddressAsync();
            await File.WriteAllTextAsync(
                folder.In("c.conf"), $"flcrowd.cluster.seeds = [\"{address}\"]", TestContext.Current.CancellationToken);
            var intruder = new Intruder(int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture));
            await intruder.WriteGarbageAsync(200);
            await intruder.WriteMutatedAsync(Mutations, seed: 14);
            var run = await FlcrowdProcess.RunAsync(folder.Path, [.. Experiment, "--cluster", "c.conf", "--out", "attacked"]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.All(Tables, table => Assert.Equal(
                File.ReadAllBytes(folder.In($"alone/{table}")), File.ReadAllBytes(folder.In($"attacked/{table}"))));
        }
        finally
        {
            node.Kill();
        }

        var said = (await FlcrowdProcess.EndAsync(node)).Error;
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.Contains("warning: refused connections of strangers: ", said);
        Assert.InRange(said.Length, 1, 50 * (1 + (Mutations / 2500)) * 400);
    }

    /// <summary>The port that a process listens on.</summary>
    private static int PortOf(int process)
    {
        var inodes = Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return File.ReadLines($"/proc/{process}/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && inodes.Contains($"socket:[{fields[9]}]"))
            .Select(fields => int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Single();
    }
}
