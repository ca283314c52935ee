using System.Text.Json;

namespace FLCrowd.Host.Tests;

public sealed class ProgramSpec : IDisposable
{
    private static readonly string[] Small = ["run", "quadratic", "--set", "learning.rounds=5", "--set", "experiment.seeds=2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_writes_tables_record_plots_and_report()
    {
        var run = await Run([.. Small, "--out", "out"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("report: out/report.html", run.Output, StringComparison.Ordinal);
        foreach (var file in (string[])["run.json", "episodes.csv", "rounds.csv", "clients.csv", "report.html", "plots/payoffs.svg"])
        {
            Assert.True(File.Exists(_folder.In($"out/{file}")), file);
        }

        using var record = JsonDocument.Parse(File.ReadAllText(_folder.In("out/run.json")));
        Assert.Equal("completed", record.RootElement.GetProperty("status").GetString());
        Assert.Equal(6, record.RootElement.GetProperty("episodes_recorded").GetInt32());

        // The report is made of the tables: it can be made again, and again without a word about it.
        File.Delete(_folder.In("out/report.html"));
        Assert.Equal(0, (await Run(["report", "out"])).ExitCode);
        Assert.True(File.Exists(_folder.In("out/report.html")));
    }

    [Fact]
    public async Task Threads_do_not_change_a_byte_of_the_tables()
    {
        await Run([.. Small, "--out", "one", "--threads", "1"]);
        await Run([.. Small, "--out", "two", "--threads", "2"]);
        foreach (var table in (string[])["episodes.csv", "rounds.csv", "clients.csv"])
        {
            Assert.Equal(File.ReadAllText(_folder.In($"one/{table}")), File.ReadAllText(_folder.In($"two/{table}")));
        }
    }

    [Fact]
    public async Task With_json_standard_output_is_one_object()
    {
        var run = await Run([.. Small, "--json"]);
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal("completed", summary.RootElement.GetProperty("status").GetString());
        Assert.Equal(3, summary.RootElement.GetProperty("cells").GetArrayLength());
        Assert.Equal("truthful", summary.RootElement.GetProperty("cells")[0].GetProperty("swept").GetProperty("variant").GetString());
        Assert.Contains("report: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith(_folder.In("runs"), summary.RootElement.GetProperty("directory").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learning.step-sise=1", "flcrowd: learning.step-sise: is unknown (did you mean 'step-size'?)")]
    [InlineData("data.clients=0", "flcrowd: data.clients: is 0; must be a whole number of at least 1")]
    [InlineData("learning.model=softmaxx", "flcrowd: learning.model: unknown model 'softmaxx' (did you mean 'softmax'?)")]
    public async Task Bad_input_is_one_message_and_nothing_on_disk(string setting, string message)
    {
        var run = await Run([.. Small, "--set", setting, "--out", "out"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        AssertOneMessage(run);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    [Fact]
    public async Task A_corrupt_data_file_is_bad_input()
    {
        var data = Directory.CreateDirectory(_folder.In("data")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "data", "mnist")))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(data, "t10k-labels-idx1-ubyte.gz"), "not a gzip file");
        var run = await Run(["run", "deviations", "--set", $"data.mnist.folder=\"{data}\"", "--out", "out"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("t10k-labels-idx1-ubyte.gz", run.Error, StringComparison.Ordinal);
        AssertOneMessage(run);
        Assert.False(Directory.Exists(_folder.In("out")));
    }

    [Fact]
    public async Task A_run_that_diverges_fails_and_keeps_what_was_done()
    {
        await File.WriteAllTextAsync(
            _folder.In("bad.conf"),
            "flcrowd { data.clients = 2, learning { model = quadratic, step-size = 3, rounds = 3000 }, execution.checkpoint-every = 1ms }",
            TestContext.Current.CancellationToken);
        var run = await Run(["run", "bad.conf", "--out", "new/out"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("client 0, round", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("; what was done is kept, go on with: flcrowd resume new/out\n", run.Error, StringComparison.Ordinal);
        AssertOneMessage(run);
        Assert.True(File.Exists(_folder.In("new/out/journal.db")));

        // It fails in the same way, and began at its last checkpoint.
        var again = await Run(["resume", "new/out"]);
        Assert.Equal((3, run.Error), (again.ExitCode, again.Error));
        using var record = JsonDocument.Parse(File.ReadAllText(_folder.In("new/out/run.json")));
        Assert.Equal("failed", record.RootElement.GetProperty("status").GetString());
        Assert.InRange(record.RootElement.GetProperty("client_updates").GetInt64(), 0, 2 * 3000);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_replaced_only_if_it_is_a_run()
    {
        Directory.CreateDirectory(_folder.In("out"));
        File.WriteAllText(_folder.In("out/precious.txt"), "");
        Assert.Contains("exists and is not empty", (await Run([.. Small, "--out", "out"])).Error, StringComparison.Ordinal);
        var refused = await Run([.. Small, "--out", "out", "--overwrite"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is not the folder of a run", refused.Error, StringComparison.Ordinal);

        File.WriteAllText(_folder.In("out/run.json"), "{}");
        Assert.Equal(0, (await Run([.. Small, "--out", "out", "--overwrite"])).ExitCode);
        Assert.True(File.Exists(_folder.In("out/precious.txt")));
    }

    [Theory]
    [InlineData("file/out")]
    [InlineData("file")]
    public async Task A_folder_that_cannot_be_written_is_bad_input(string path)
    {
        File.WriteAllText(_folder.In("file"), "");
        var run = await Run([.. Small, "--out", path]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"flcrowd: {path}: cannot be written", run.Error, StringComparison.Ordinal);
        AssertOneMessage(run);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("run")]
    [InlineData("run quadratic --seed minus")]
    [InlineData("list nothing")]
    [InlineData("report nowhere")]
    public async Task A_wrong_command_line_is_bad_input(string arguments)
    {
        var run = await Run(arguments.Split(' '));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        AssertOneMessage(run);
    }

    [Theory]
    [InlineData("strategies", "misreport\n", "gamma = 2")]
    [InlineData("mechanisms", "per-sample\n", "rate = ")]
    [InlineData("models", "softmax\n", "l2 = 0.01")]
    [InlineData("aggregators", "trimmed-mean\n", "")]
    [InlineData("data-sets", "mnist\n", "folder = not set")]
    [InlineData("experiments", "quickstart\n", "")]
    public async Task List_shows_names_and_options(string kind, string name, string option)
    {
        var run = await Run(["list", kind]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(name, run.Output, StringComparison.Ordinal);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_signal_ends_the_run_and_keeps_what_was_done()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "signals as Unix has them");
        using var process = FlcrowdProcess.Start(
            _folder.Path, "run", "quadratic", "--set", "learning.rounds=2000", "--set", "experiment.seeds=1000", "--out", "out");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains(" % ", StringComparison.Ordinal))
        {
            // Progress shows that it plays.
        }

        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = await FlcrowdProcess.EndAsync(process);
        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        using var record = JsonDocument.Parse(File.ReadAllText(_folder.In("out/run.json")));
        Assert.Equal("interrupted", record.RootElement.GetProperty("status").GetString());
        Assert.Equal(
            record.RootElement.GetProperty("episodes_recorded").GetInt32(), File.ReadLines(_folder.In("out/episodes.csv")).Count() - 1);
        Assert.True(File.Exists(_folder.In("out/report.html")));
    }

    private static void AssertOneMessage(FlcrowdProcess run)
    {
        Assert.StartsWith("flcrowd: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private Task<FlcrowdProcess> Run(string[] arguments) => FlcrowdProcess.RunAsync(_folder.Path, arguments);
}
