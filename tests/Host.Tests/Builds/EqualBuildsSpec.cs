using System.Diagnostics;
using FLCrowd.Experiments.Identity;
using FLCrowd.Experiments.Loading;
using FLCrowd.Host.Tests.Cluster;
using FLCrowd.Host.Tests.Resume;
using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests.Builds;

/// <summary>Equal source is the same build wherever it lies, and a changed character makes another one, which neither a run nor a node goes
/// on with.</summary>
public sealed class EqualBuildsSpec : IDisposable
{
    private const string Strategies = "FLCrowd.Strategies.dll";

    /// <summary>A shirker makes some effort at least.</summary>
    private static readonly (string File, string Before, string After) Change =
        ("src/Strategies/Clients/ShirkLabeling.cs", "Range(0.0", "Range(0.1");

    private readonly InterruptedRuns _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_copy_is_the_same_build_and_a_changed_character_another_one_that_run_and_node_refuse()
    {
        string elsewhere = Copy();
        var ours = Module(Path.Combine(AppContext.BaseDirectory, Strategies));
        Assert.Equal(ours, Module(await BuildAsync(elsewhere)));

        var file = Path.Combine(elsewhere, Change.File);
        var source = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains(Change.Before, source, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            file, source.Replace(Change.Before, Change.After, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var changed = await BuildAsync(elsewhere);
        var theirs = Module(changed);
        Assert.NotEqual(ours, theirs);

        var program = OtherProgram.With(_runs.In("other"), Strategies, _ => File.ReadAllBytes(changed));
        using var node = FlcrowdProcess.Start(_runs.Path, "node");
        try
        {
            using var other = FlcrowdProcess.StartProgram(program, _runs.Path, [], "node", "--seed", await node.AddressAsync());
            await RefusedAsync(other, $"it is another build: FLCrowd.Strategies is {theirs}, here {ours}");
        }
        finally
        {
            node.Kill();
        }

        await _runs.InterruptAsync(
            Signals.Terminate,
            () => File.Exists(_runs.In("begun/episodes.csv")) && File.ReadLines(_runs.In("begun/episodes.csv")).Count() > 2,
            "run", "quadratic", "--set", "experiment.seeds=1000", "--set", "learning.rounds=200", "--out", "begun");
        using var resume = FlcrowdProcess.StartProgram(program, _runs.Path, [], "resume", "begun");
        await RefusedAsync(
            resume,
            "begun: was begun by another program, which may give other numbers "
            + $"(it is another build: FLCrowd.Strategies is {ours}, here {theirs})");
    }

    private static async Task RefusedAsync(Process process, string message)
    {
        var ended = await FlcrowdProcess.EndAsync(process);
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
    }

    private static Guid Module(string file) => PluginHeader.Read(new PluginFile(file, "test")).Module;

    /// <summary>The sources of the strategies and what they need, in another folder.</summary>
    private string Copy()
    {
        string from = OutsideProjects.Solution(), to = _runs.In("a folder/elsewhere");
        var files = ((string[])["src/Abstractions", "src/Analysis", "src/Strategies", "build"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(from, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file[from.Length..].Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Concat(((string[])[
                ".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"])
                .Select(file => Path.Combine(from, file)));
        foreach (var file in files)
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    /// <summary>Builds it as this program was built. A copy is no clone: it is told the commit.</summary>
    private static async Task<string> BuildAsync(string folder)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        string[] commit = ThisProgram.Build.Version.Split('+') is [_, var revision] ? [$"-p:SourceRevisionId={revision}"] : [];
        string[] command = ["build", "src/Strategies", "-c", configuration, "--disable-build-servers", "-nodeReuse:false"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", [.. command, "-p:RunAnalyzers=false", .. commit])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var build = await FlcrowdProcess.EndAsync(process);
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        return Path.Combine(folder, "src/Strategies/bin", configuration, "net10.0", Strategies);
    }
}
