using System.Text.Json.Nodes;
using static FLCrowd.Host.Tests.Loading.PluginFiles;

namespace FLCrowd.Host.Tests.Loading;

/// <summary>Plug-ins from the command line and from experiments, with the program as users run it.</summary>
public class PluginRunSpec
{
    private const string Game = """
        learning { model = quadratic, step-size = 0.1, rounds = 3 }
        game { assignment = 60 }
        clients = [{ strategy = "sample/noisy-reporter", noise = NOISE, count = 2 }, { strategy = truthful, share = 1 }]
        """;

    [Fact]
    public async Task An_experiment_names_its_plug_ins_from_its_own_folder_and_workers_load_them_too()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("experiments"));
        File.Copy(SampleDll, folder.In("Copy.dll"));
        File.WriteAllText(folder.In("experiments/mine.conf"), Experiment("plugins = [\"../Copy.dll\"]", "0.01"));
        var alone = await FlcrowdProcess.RunAsync(folder.Path, "run", "experiments/mine.conf", "--out", "alone");
        Assert.Equal((0, ""), (alone.ExitCode, alone.Error));

        var record = JsonNode.Parse(await File.ReadAllTextAsync(folder.In("alone/run.json"), TestContext.Current.CancellationToken))!;
        var plugin = Assert.Single(record["plugins"]!.AsArray())!;
        Assert.Equal(("FLCrowd.Sample.Plugin", folder.In("Copy.dll")), ((string?)plugin["name"], (string?)plugin["file"]));
        Assert.Equal(64, ((string)plugin["sha256"]!).Length);

        var workers = await FlcrowdProcess.RunAsync(
            folder.Path, "run", "experiments/mine.conf", "--out", "workers", "--workers", "1", "--threads", "1");
        Assert.Equal((0, ""), (workers.ExitCode, workers.Error));
        Assert.Equal(await ClientsAsync("alone"), await ClientsAsync("workers"));

        Task<string> ClientsAsync(string run) =>
            File.ReadAllTextAsync(folder.In($"{run}/clients.csv"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_decision_that_fails_names_client_type_and_assembly()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("mine.conf"), Experiment("", "1e50"));
        var run = await FlcrowdProcess.RunAsync(folder.Path, "run", "mine.conf", "--plugin", SampleDll);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(
            "client 0, round 1 of episode 0: its strategy 'sample/noisy-reporter' (FLCrowd.Sample.Plugin.NoisyReporter of "
            + "FLCrowd.Sample.Plugin) failed to report",
            run.Error + run.Output);
    }

    [Fact]
    public async Task Lists_and_errors_know_plug_ins()
    {
        using var folder = new TemporaryFolder();
        var list = await FlcrowdProcess.RunAsync(folder.Path, "list", "mechanisms", "--plugin", SampleDll);
        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.Contains("sample/target-bonus", list.Output);

        var missing = await FlcrowdProcess.RunAsync(folder.Path, "run", "deviations", "--plugin", "none.dll");
        Assert.Equal((2, $"flcrowd: --plugin: {folder.In("none.dll")} does not exist"), (missing.ExitCode, missing.Error.Trim()));
    }

    [Fact]
    public void A_sweep_does_not_change_plug_ins() => Assert.Contains(
        "plugins",
        Assert.Throws<SettingException>(() => Configured.File(
            Configured.Catalog, """flcrowd { experiment { kind = sweep, grid { plugins = [["a.dll"], ["b.dll"]] } } }""", null)).Message);

    private static string Experiment(string plugins, string noise) => $"flcrowd {{\n{plugins}\n{Game.Replace("NOISE", noise)}\n}}";
}
