using System.Diagnostics;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Host.Tests.Resume;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>A run with clients in Python that is killed.</summary>
public sealed class KilledProcessesSpec : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task Its_processes_end_with_it_and_it_goes_on_to_the_same_bytes_with_the_same_script_only()
    {
        var cancel = TestContext.Current.CancellationToken;
        var script = Write(_runs.Folder, "mine.py", File.ReadAllText(Path.Combine(Samples, "clients.py")).Replace(
            "import flcrowd\n",
            "import os\nimport flcrowd\nopen(os.path.join(os.path.dirname(__file__), 'pids'), 'a').write(f'{os.getpid()}\\n')\n",
            StringComparison.Ordinal));
        await File.WriteAllTextAsync(_runs.In("mine.conf"), $$"""
            flcrowd {
              plugins = [{ command = ["{{Interpreter}}", "mine.py"], timeout = 50s }]
              learning { model = quadratic, step-size = 0.1, rounds = 400 }
              game { assignment = 60 }
              clients = [{ strategy = "python/epsilon-greedy", epsilon = 0.5, count = 4 }, { strategy = truthful, share = 1 }]
              experiment { episodes = 20 }
            }
            """, cancel);
        var laboratory = new Laboratory();
        await laboratory.RunAsync(new RunRequest(_runs.In("mine.conf")) { Out = _runs.In("whole"), Threads = 2 }, cancel: cancel);
        await EndedAsync();

        await _runs.KillAsync(() => _runs.Journal("killed").Episodes.Count > 4, "run", "mine.conf", "--out", "killed");
        await EndedAsync();

        var text = await File.ReadAllTextAsync(script, cancel);
        await File.WriteAllTextAsync(script, text + "# changed\n", cancel);
        var refusal = await Assert.ThrowsAsync<SettingException>(() => laboratory.ResumeAsync(_runs.In("killed"), cancel: cancel));
        Assert.StartsWith($"{script}: was changed since the run began; ", refusal.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(script, text, cancel);
        await laboratory.ResumeAsync(_runs.In("killed"), new RunRequest("") { Threads = 1 }, cancel: cancel);
        _runs.AssertSameTables("whole", "killed");
        Assert.InRange(_runs.Updates("killed"), 1, _runs.Updates("whole") - 1);
        await EndedAsync();
    }

    /// <summary>Waits for the end of all scripts that were ever started.</summary>
    private async Task EndedAsync()
    {
        int[] started = [.. File.ReadAllLines(_runs.In("pids")).Select(int.Parse)];
        Assert.NotEmpty(started);
        using var patience = new CancellationTokenSource(InterruptedRuns.Patience);
        foreach (int id in started)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                await process.WaitForExitAsync(patience.Token);
            }
            catch (ArgumentException)
            {
                // It is gone.
            }
        }
    }
}
