using System.Diagnostics;
using System.Globalization;
using FLCrowd.Actors.Tests.Fakes;
using FLCrowd.Host.Tests.Cluster;
using MessagePack;
using Npgsql;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run on a cluster with a shared journal, whose servers are killed one after the other.</summary>
public sealed class FailoverSpec : IDisposable
{
    private const string Game = """
        flcrowd {
          data { clients = 10 }
          learning { model = quadratic, step-size = 0.1, rounds = 50 }
          game { assignment = 60 }
          clients = [
            { strategy = mixed, strategies = [{ strategy = truthful }, { strategy = misreport }, { strategy = free-rider }], count = 6 }
            { strategy = shirk-labeling, count = 4 }
          ]
          experiment { episodes = 3 }
          execution { cohort-size = 4, evaluate-every = 7, checkpoint-every = 100ms }
        }
        """;

    private readonly InterruptedRuns _runs = new();
    private readonly List<Process> _nodes = [];

    public void Dispose()
    {
        foreach (var node in _nodes)
        {
            node.Kill();
            node.Dispose();
        }

        _runs.Dispose();
    }

    [Fact]
    public async Task Stand_by_servers_finish_a_run_one_after_the_other_and_nobody_resumes_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartAsync();
        await File.WriteAllTextAsync(_runs.In("game.conf"), Game, cancel);
        var whole = _runs.CompleteAsync("run", "game.conf", "--out", "whole");

        var worker = Start("node");
        await File.WriteAllTextAsync(
            _runs.In("c.conf"),
            $$"""
            flcrowd.cluster { seeds = ["{{await worker.AddressAsync()}}"], workers = 2
              akka.cluster { failure-detector.acceptable-heartbeat-pause = 2s, split-brain-resolver.stable-after = 4s } }
            """,
            cancel);
        var first = Start("node", "--role", "server", "--cluster", "c.conf");
        await first.AddressAsync();
        var second = Start("node", "--role", "server", "--cluster", "c.conf");
        var other = Start("node", "--cluster", "c.conf");
        await second.AddressAsync();
        await other.AddressAsync();

        var run = Start(
            "run", "game.conf", "--cluster", "c.conf", "--out", "moved",
            "--set", "execution.journal.store=postgresql", "--set", $"execution.journal.connection=\"{postgres.Connection}\"");
        await KillAsync(run, postgres, episode: 0, round: 10);
        await first.LineWithAsync("taking over").WaitAsync(cancel);
        await KillAsync(first, postgres, episode: 1, round: 10);
        await second.LineWithAsync("taking over").WaitAsync(cancel);
        await Observe.UntilAsync(() => (string)_runs.Record("moved")["status"]! != "running");
        Assert.Equal("completed", (string)_runs.Record("moved")["status"]!);

        await whole;
        _runs.AssertSameTables("whole", "moved");
        Assert.False(worker.HasExited || other.HasExited, "the workers stay");
    }

    private Process Start(params string[] arguments)
    {
        var process = FlcrowdProcess.Start(_runs.Path, arguments);
        _nodes.Add(process);
        return process;
    }

    /// <summary>Kills a server in a round.</summary>
    private static async Task KillAsync(Process server, PostgresServer postgres, int episode, int round)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(Checkpoint(postgres) is { } kept && (kept.Episode > episode || (kept.Episode == episode && kept.Round >= round))))
        {
            Assert.False(server.HasExited, "the server ended before it was killed");
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        using var kill = Process.Start("kill", ["-KILL", server.Id.ToString(CultureInfo.InvariantCulture)]);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(137, server.ExitCode);
    }

    /// <summary>The episode and the round of the game's last checkpoint.</summary>
    private static (int Episode, int Round)? Checkpoint(PostgresServer postgres)
    {
        using var connection = new NpgsqlConnection(postgres.Connection);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT snapshot FROM snapshot ORDER BY sequence_number DESC, created DESC LIMIT 1", connection);
        try
        {
            if (command.ExecuteScalar() is byte[] blob)
            {
                var reader = new MessagePackReader(blob);
                reader.ReadArrayHeader();
                return (reader.ReadInt32(), reader.ReadInt32());
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Nobody kept one yet.
        }

        return null;
    }
}
