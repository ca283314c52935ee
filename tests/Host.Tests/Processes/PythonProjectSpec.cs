using System.Diagnostics;
using FLCrowd.Host.Templates;
using static FLCrowd.Host.Tests.Processes.Python;

namespace FLCrowd.Host.Tests.Processes;

/// <summary>What <c>flcrowd new --language python</c> writes works as it is, under any name.</summary>
public sealed class PythonProjectSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_strategy_passes_its_tests_and_is_in_the_tables_that_its_module_reads()
    {
        await WriteAsync(PluginTemplate.Python[0], "mallory/tit-for-tat", "tit_for_tat_strategy.py");
        var plays = await RunAsync($$"""
            import flcrowd
            small = {"seed": 2, "learning.model": "quadratic", "learning.step-size": 0.1, "learning.rounds": 2, "experiment.episodes": 3}
            run = flcrowd.run("tit-for-tat.conf", small, out="run",
                              program=["dotnet", r"{{Path.Combine(AppContext.BaseDirectory, "flcrowd.dll")}}"])
            rows = [row for row in run.rows("clients") if row["strategy"] == "mallory/tit-for-tat"]
            assert len(rows) == 3 * 4 and [row["effort"] for row in rows[::4]] == [1, 0.2, 0.2], rows
            assert run.json["seed"] == 2 and run.summary["status"] == "completed" and "episodes" in run.tables
            assert len(run.episodes) == 3
            assert flcrowd.read("run").rows("clients") == run.rows("clients")
            for wrong in (lambda: run.wish, lambda: flcrowd.read("nowhere")):
                try:
                    wrong()
                except (AttributeError, FileNotFoundError) as e:
                    print(e)
            """);
        Assert.Contains("there is no table 'wish'; there are clients, episodes, expected, rounds", plays, StringComparison.Ordinal);
        Assert.Contains("nowhere is not the folder of a run", plays, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_mechanism_passes_its_tests() => WriteAsync(PluginTemplate.Python[1], "flcrowd/assignment", "assignment_mechanism.py");

    private async Task WriteAsync(PluginTemplate template, string name, string script)
    {
        _ = Interpreter;
        var given = PluginName.Parse(name);
        PluginProject.Write(template, given, _folder.Path);
        var files = Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            new[] { "README.md", $"{given.Name}.conf", "flcrowd.py", script, $"test_{script}" }.Order(StringComparer.Ordinal), files);
        Assert.All(files.Where(file => file != "flcrowd.py"), file => Assert.DoesNotMatch(
            $"(?i)acme|{template.Word}", file + File.ReadAllText(_folder.In(file))));
        Assert.EndsWith($"flcrowd run {given.Name}.conf", template.NextSteps(given)[^1], StringComparison.Ordinal);
        Assert.Contains("OK", await RunAsync("import unittest; unittest.main(module=None)", "discover"), StringComparison.Ordinal);
    }

    /// <summary>Runs code in the folder; what it prints.</summary>
    private async Task<string> RunAsync(string code, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, ["-c", code, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var (output, error) = (python.StandardOutput.ReadToEndAsync(cancel), python.StandardError.ReadToEndAsync(cancel));
        await python.WaitForExitAsync(cancel);
        var said = await output + await error;
        Assert.True(python.ExitCode == 0, said);
        return said;
    }
}
