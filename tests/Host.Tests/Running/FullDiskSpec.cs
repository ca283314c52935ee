using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;
using FLCrowd.Host.Commands;
using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Tests.Running;

/// <summary>Disks that are full from one moment on, in this process, and a file that may not grow, in one of its own.</summary>
[Collection(nameof(WholeProcess))]
public sealed class FullDiskSpec : IDisposable
{
    private const string Sweep = """
        flcrowd {
          data.clients = 2
          learning { model = quadratic, step-size = 0.1, rounds = 2 }
          game { mechanism = lceme, assignment = 60, lceme.surrogate = theorem1 }
          experiment { kind = sweep, grid { "data.heterogeneity" = [0.4] } }
          execution { parallel-games = 1, threads = 1, cache = off }
        }
        """;

    private const string Deviations = "clients = [0], efforts = [0, 1], batch-factors = [1], gammas = [1]";

    private const string Regret = $$"""
        flcrowd {
          data.clients = 3
          learning { model = quadratic, step-size = 0.1, rounds = 3 }
          clients = [{ strategy = truthful, share = 1 }]
          experiment { kind = regret, regret { reports = none, {{Deviations}}, replicates = 4, max-replicates = 4,
            coalitions = [{ name = all, share = 1, effort = 0 }] } }
        }
        """;

    private const string Strategies = "strategies { a { strategy = truthful }, b { strategy = shirk-labeling } }";

    private const string Population = $$"""
        flcrowd {
          data.clients = 3
          learning { model = quadratic, step-size = 0.1, rounds = 3 }
          experiment { kind = population, seeds = 2, population { cache = "CACHE", {{Strategies}} } }
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly TextWriter _output = Console.Out, _error = Console.Error;
    private readonly List<string> _steps = [];

    public FullDiskSpec() => Console.SetOut(TextWriter.Null);

    public void Dispose()
    {
        Disk.Stepping = null;
        Console.SetOut(_output);
        Console.SetError(_error);
        _folder.Dispose();
    }

    [Fact]
    public async Task Whatever_cannot_be_written_the_run_says_what_to_do_and_is_whole_in_the_end()
    {
        await File.WriteAllTextAsync(_folder.In("a.conf"), Sweep, TestContext.Current.CancellationToken);
        string whole = _folder.In("whole"), cut = _folder.In("cut");
        Fill(whole, after: int.MaxValue);
        Assert.Equal((0, ""), await RunAsync("run", _folder.In("a.conf"), "--out", whole));
        string[] steps = [.. _steps.Select(path => Path.GetRelativePath(whole, path))];
        foreach (var file in (string[])[
            ".", "run.lock", "run.json", "journal.db", "terms.csv", "episodes.csv", "rounds.csv", "clients.csv", "report.html", "plots",
            "plots/payoffs.svg", "plots/payoffs.png"])
        {
            Assert.Contains(file, steps);
        }

        foreach (int step in Chosen(steps))
        {
            Fill(cut, after: step);
            var (exit, error) = await RunAsync("run", _folder.In("a.conf"), "--out", cut);
            Disk.Stepping = null;
            Assert.True(exit == 3, $"exit code {exit} after step {step}, {steps[step]}: {error}");
            Assert.Single(error.TrimEnd().Split('\n'));
            Assert.Contains("No space left on device; make room on the disk of ", error, StringComparison.Ordinal);
            Assert.Contains(cut, error, StringComparison.Ordinal);
            Assert.DoesNotContain(".new", error, StringComparison.Ordinal);
            if (RunDirectory.IsRun(cut))
            {
                Assert.Matches($"flcrowd (resume|report) {cut}", error);
                Assert.Equal((0, ""), await RunAsync("resume", cut));
                AssertSame(whole, cut);
            }

            // What did not begin left nothing; what did is replaced by the next one.
            Assert.Equal(RunDirectory.IsRun(cut), Directory.Exists(cut));
            Clear(cut);
        }
    }

    [Fact]
    public async Task What_is_made_from_tables_is_whole_or_as_it_was()
    {
        foreach (var (name, experiment) in (ValueTuple<string, string>[])[
            ("regret", Regret), ("population", Population.Replace("CACHE", _folder.In("cache"), StringComparison.Ordinal))])
        {
            var run = _folder.In(name);
            await File.WriteAllTextAsync(_folder.In($"{name}.conf"), experiment, TestContext.Current.CancellationToken);
            Fill(_folder.In("cache"), after: 0);
            Assert.Equal((0, ""), await RunAsync("run", _folder.In($"{name}.conf"), "--out", run, "--set", "execution.threads=1"));
            Assert.Equal(name == "population", _steps.Count > 0);
            Disk.Stepping = null;
            Assert.False(Directory.Exists(_folder.In("cache")) && Directory.EnumerateFileSystemEntries(_folder.In("cache")).Any());

            var before = Files(run);
            Fill(run, after: int.MaxValue);
            Reported.Write(run);
            string[] steps = [.. _steps];
            foreach (int step in Chosen(steps))
            {
                Fill(run, after: step);
                Assert.Equal((3, true), await RunAsync("report", run) is var (exit, error)
                    ? (exit, error.Contains("make room on the disk of", StringComparison.Ordinal))
                    : default);
                Disk.Stepping = null;
                Assert.Equal(before, Files(run));
            }
        }
    }

    [Fact]
    public void A_project_is_written_as_a_whole_or_not_at_all()
    {
        var folder = _folder.In("above/careful");
        int step = 0;
        while (true)
        {
            Fill(_folder.In("above"), after: step);
            try
            {
                PluginProject.Write(PluginTemplate.All[0], PluginName.Parse("acme/careful"), folder);
                break;
            }
            catch (DiskException e)
            {
                Assert.Contains("make room on the disk of", e.Message, StringComparison.Ordinal);
                Assert.False(Directory.Exists(_folder.In("above")));
                step++;
            }
        }

        Assert.True(step > 20);
        Assert.True(File.Exists(Path.Combine(folder, "careful.conf")));
    }

    [Fact]
    public async Task A_file_that_may_not_grow_is_a_full_disk_to_the_journal_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits of file sizes as Linux has them");

        // The runtime writes to memory that counts as a file.
        var process = FlcrowdProcess.StartProgram(
            ["sh", "-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh"], _folder.Path, [("DOTNET_EnableWriteXorExecute", "0")],
            "run", "quadratic", "--set", "experiment.seeds=60", "--out", "out");
        var cut = await FlcrowdProcess.EndAsync(process);
        Assert.Equal(3, cut.ExitCode);
        Assert.Contains("the journal cannot be written", cut.Error, StringComparison.Ordinal);
        Assert.Contains("flcrowd resume out", cut.Error, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, RunDirectory.Open(_folder.In("out")).Read().Status);

        Assert.Equal(0, (await FlcrowdProcess.RunAsync(_folder.Path, "resume", "out")).ExitCode);
        Assert.Equal(
            0,
            (await FlcrowdProcess.RunAsync(_folder.Path, "run", "quadratic", "--set", "experiment.seeds=60", "--out", "whole")).ExitCode);
        AssertSame(_folder.In("whole"), _folder.In("out"));
    }

    /// <summary>One step of every file that is written, the first, the second and so on in turn, but of the plots only those of the first
    /// one.</summary>
    private static IEnumerable<int> Chosen(string[] steps)
    {
        int files = 0, plots = 0;
        for (int first = 0, next; first < steps.Length; first = next)
        {
            for (next = first + 1; next < steps.Length && steps[next] == steps[first] && next - first < 4;)
            {
                next++;
            }

            // The folder, and one plot of each kind.
            if (!steps[first].Contains(RunDirectory.PlotsFolder, StringComparison.Ordinal) || plots++ < 3)
            {
                yield return first + (files++ % (next - first));
            }
        }
    }

    private void Fill(string folder, int after)
    {
        _steps.Clear();
        Disk.Stepping = path =>
        {
            if (Path.GetFullPath(path).StartsWith(folder, StringComparison.Ordinal))
            {
                _steps.Add(path);
                if (_steps.Count > after)
                {
                    throw new IOException($"No space left on device : '{path}.1.new'", FullDisk.Code);
                }
            }
        };
    }

    private static async Task<(int Exit, string Error)> RunAsync(params string[] arguments)
    {
        using var error = new StringWriter();
        Console.SetError(error);
        int exit = await CommandLine.InvokeAsync(arguments);
        return (exit, error.ToString());
    }

    private static void AssertSame(string expected, string actual)
    {
        Assert.True(File.Exists(Path.Combine(actual, RunDirectory.ReportFile)));
        Assert.Equal(Files(expected), Files(actual));
    }

    /// <summary>All that does not depend on time.</summary>
    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not (RunDirectory.RecordFile or RunDirectory.ReportFile))
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToBase64String(File.ReadAllBytes(file))));

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
