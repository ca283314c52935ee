using System.Diagnostics;
using FLCrowd.Host.Tests.Cluster;
using Npgsql;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run on a cluster with a shared journal, whose node is killed while a stand-by server watches.</summary>
public sealed class FailoverSpec : IDisposable
{
    private const int Episodes = 10;
    private const int Rounds = 300;
    private const int Clients = 10;

    private const string Game = """
        flcrowd {
          data { clients = 10 }
          learning { model = quadratic, step-size = 0.1, rounds = 300 }
          game { assignment = 60 }
          clients = [
            { strategy = mixed, strategies = [{ strategy = truthful }, { strategy = misreport }, { strategy = free-rider }], count = 6 }
            { strategy = shirk-labeling, count = 4 }
          ]
          experiment { episodes = 10 }
          execution { cohort-size = 4, evaluate-every = 7, checkpoint-every = 50ms }
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
    public async Task A_stand_by_server_finishes_the_run_of_a_node_that_was_killed_and_plays_nothing_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartAsync();
        var journal = new JournalReader(() => new NpgsqlConnection(postgres.Connection));
        await File.WriteAllTextAsync(_runs.In("game.conf"), Game, cancel);
        var whole = _runs.CompleteAsync("run", "game.conf", "--out", "whole");

        // A dead node is found soon; on a busy machine perhaps by the others before the stand-by server gets at it, which must not matter.
        var worker = Start("node");
        await File.WriteAllTextAsync(
            _runs.In("c.conf"),
            $$"""
            flcrowd.cluster { seeds = ["{{await worker.AddressAsync().WaitAsync(InterruptedRuns.Patience, cancel)}}"], workers = 1
              akka.cluster { failure-detector.acceptable-heartbeat-pause = 2s, split-brain-resolver.stable-after = 500ms } }
            """,
            cancel);
        var standBy = Start("node", "--role", "server", "--cluster", "c.conf");
        await standBy.AddressAsync().WaitAsync(InterruptedRuns.Patience, cancel);
        await whole;

        var run = Start(
            "run", "game.conf", "--cluster", "c.conf", "--out", "moved",
            "--set", "execution.journal.store=postgresql", "--set", $"execution.journal.connection=\"{postgres.Connection}\"");
        Assert.True(
            await run.StopAtAsync(InterruptedRuns.Patience, () => journal.Episodes.Count >= 2), "the run ended before it was killed");
        run.Kill();
        await run.WaitForExitAsync(cancel);
        Assert.Equal(137, run.ExitCode);

        // In this order: the database may still write what the run sent last.
        var (episode, round) = Assert.Single(journal.Checkpoints);
        int recorded = journal.Episodes.Count;
        Assert.InRange(recorded, 2, Episodes - 1);

        await standBy.LineWithAsync("taking over").WaitAsync(InterruptedRuns.Patience, cancel);
        await standBy.LineWithAsync("report: ").WaitAsync(InterruptedRuns.Patience, cancel);
        var record = _runs.Record("moved");
        Assert.True((string)record["status"]! == "completed", (string?)record["failure"]);
        _runs.AssertSameTables("whole", "moved");

        // Neither recorded episodes nor rounds before the checkpoint are trained again, and the journal is forgotten.
        Assert.InRange(_runs.Updates("moved"), 1, ((Episodes - recorded) * Rounds - (episode == recorded ? round : 0)) * Clients);
        Assert.Empty(journal.Episodes);
        Assert.False(worker.HasExited || standBy.HasExited, "the worker and the stand-by server stay");
    }

    private Process Start(params string[] arguments)
    {
        var process = FlcrowdProcess.Start(_runs.Path, arguments);
        _nodes.Add(process);
        return process;
    }
}
