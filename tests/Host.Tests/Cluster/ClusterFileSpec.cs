using FLCrowd.Experiments.Configuration;
using FLCrowd.Host.Tests.Resume;

namespace FLCrowd.Host.Tests.Cluster;

public class ClusterFileSpec
{
    [Fact]
    public void The_defaults_are_a_node_on_loopback()
    {
        var settings = ClusterSettings.Read(null);
        Assert.Equal(("127.0.0.1", 0, 1), (settings.Host, settings.Port, settings.Workers));
        Assert.Null(settings.Tls);
        Assert.Empty(settings.Seeds);
    }

    [Theory]
    [InlineData("seeds = [here]", "cluster.seeds[0]: is here; must be host:port")]
    [InlineData("port = 70000", "cluster.port: is 70000; must be a port")]
    [InlineData("workers = 0", "cluster.workers")]
    [InlineData("sedes = []", "cluster.sedes: is unknown")]
    [InlineData("tls.key = a.pem", "cluster.tls: must have certificate, key and authority")]
    [InlineData("tls { certificate = no.pem, key = no.pem, authority = no.pem }",
        "cluster.tls.certificate: is no.pem, which cannot be read")]
    public void What_is_wrong_is_named(string line, string message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.In("cluster.conf");
        File.WriteAllText(file, $"flcrowd.cluster {{ {line} }}");
        Assert.Contains(message, Assert.Throws<SettingException>(() => ClusterSettings.Read(file)).Message);
    }

    [Fact]
    public async Task A_node_that_others_may_reach_needs_tls()
    {
        using var folder = new TemporaryFolder();
        var ended = await FlcrowdProcess.RunAsync(folder.Path, "node", "--host", "0.0.0.0");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("without cluster.tls it must be 127.0.0.1", ended.Error);
    }

    [Fact]
    public async Task A_run_joins_the_workers_of_a_file()
    {
        using var folder = new TemporaryFolder();
        using var node = FlcrowdProcess.Start(folder.Path, "node");
        try
        {
            string address = await node.AddressAsync();
            await File.WriteAllTextAsync(
                folder.In("c.conf"), $"flcrowd.cluster.seeds = [\"{address}\"]", TestContext.Current.CancellationToken);
            foreach (string name in (string[])["first", "second"])
            {
                var run = await FlcrowdProcess.RunAsync(
                    folder.Path, "run", "quadratic", "--set", "learning.rounds=5", "--set", "experiment.seeds=1",
                    "--cluster", "c.conf", "--out", name);
                Assert.True(run.ExitCode == 0, run.Error);
            }

            Assert.Equal(File.ReadAllBytes(folder.In("first/episodes.csv")), File.ReadAllBytes(folder.In("second/episodes.csv")));
        }
        finally
        {
            node.Kill();
        }
    }

    [Fact]
    public async Task A_run_whose_last_worker_dies_fails_after_the_wait()
    {
        using var folder = new TemporaryFolder();
        const string Quick = "akka.cluster { failure-detector.acceptable-heartbeat-pause = 6s, split-brain-resolver.stable-after = 1s }";
        using var node = FlcrowdProcess.Start(folder.Path, "node");
        string address = await node.AddressAsync();
        await File.WriteAllTextAsync(
            folder.In("c.conf"), $"flcrowd.cluster {{ seeds = [\"{address}\"], wait = 12s, {Quick} }}",
            TestContext.Current.CancellationToken);
        using var run = FlcrowdProcess.Start(
            folder.Path, "run", "quadratic", "--set", "learning.rounds=1000000", "--set", "execution.checkpoint-every=100ms",
            "--cluster", "c.conf", "--out", "out");
        var journal = JournalReader.Sqlite(folder.In("out/journal.db"));
        Assert.True(await run.StopAtAsync(InterruptedRuns.Patience, () => journal.Checkpoints.Count > 0));

        // It plays: it has heard of the worker, and from it.
        node.Kill();
        run.Send(Signals.Continue);
        var ended = await FlcrowdProcess.EndAsync(run);
        Assert.Equal(3, ended.ExitCode);
        Assert.Contains($"The worker akka.tcp://flcrowd@{address} is silent, and no other is left; waiting 12 s for one", ended.Error);
        Assert.Contains("the run failed: no worker is left, and none came within 12 s", ended.Error);
    }
}
