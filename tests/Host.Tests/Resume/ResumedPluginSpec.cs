using FLCrowd.Host.Tests.Loading;

namespace FLCrowd.Host.Tests.Resume;

/// <summary>A run with a plug-in that its experiment names.</summary>
public sealed class ResumedPluginSpec : IDisposable
{
    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_killed_run_goes_on_with_the_plug_in_it_began_with_and_with_no_other()
    {
        var plugin = _runs.In("Copy.dll");
        File.Copy(PluginFiles.SampleDll, plugin);
        await File.WriteAllTextAsync(
            _runs.In("mine.conf"),
            """
            flcrowd {
              plugins = ["Copy.dll"]
              learning { model = quadratic, step-size = 0.1, rounds = 600 }
              game { assignment = 60 }
              clients = [{ strategy = "sample/noisy-reporter", noise = 0.01, count = 2 }, { strategy = truthful, share = 1 }]
              experiment { episodes = 20 }
            }
            """,
            TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("run", "mine.conf", "--out", "whole");
        await _runs.KillAsync(() => _runs.Journal("killed").Episodes.Count > 2, "run", "mine.conf", "--out", "killed");

        var bytes = await File.ReadAllBytesAsync(plugin, TestContext.Current.CancellationToken);
        File.Delete(plugin);
        await RefusedAsync($"{plugin} does not exist");
        await File.WriteAllBytesAsync(plugin, [.. bytes, 0], TestContext.Current.CancellationToken);
        await RefusedAsync($"{plugin}: was changed since the run began");

        // None of its code runs: this one would say so.
        File.Copy(
            PluginFiles.Write(_runs.Folder, "Thrower", typeof(IPlugin), PluginFiles.Throw, PluginFiles.Nothing), plugin, overwrite: true);
        await RefusedAsync($"{plugin}: was changed since the run began");

        await File.WriteAllBytesAsync(plugin, bytes, TestContext.Current.CancellationToken);
        var record = await File.ReadAllTextAsync(_runs.In("killed/run.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _runs.In("killed/run.json"), record.Replace("\"libraries\": []", "\"libraries\": [\"Mine 12\"]", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await RefusedAsync($"the library Mine of {plugin}: was changed since the run began");

        await File.WriteAllTextAsync(_runs.In("killed/run.json"), record, TestContext.Current.CancellationToken);
        await _runs.CompleteAsync("resume", "killed");
        _runs.AssertSameTables("whole", "killed");
        Assert.InRange(_runs.Updates("killed"), 1, _runs.Updates("whole") - 1);
    }

    private async Task RefusedAsync(string message)
    {
        var ended = await _runs.RunAsync("resume", "killed");
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
    }
}
