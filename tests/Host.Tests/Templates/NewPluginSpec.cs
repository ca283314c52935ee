using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Tests.Templates;

/// <summary>
/// Every kind of project that <c>flcrowd new</c> writes builds, passes its tests, is listed and plays as it is, outside of this repository;
/// also under names that are those of our own types.
/// </summary>
public sealed class NewPluginSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string, string> Projects => new()
    {
        { "strategy", "seed/client-view", "Seed.ClientView", "strategies" },
        { "mechanism", "flcrowd/assignment", "Flcrowd.Assignment", "mechanisms" },
        { "data-set", "data-set/sample-shape", "DataSet.SampleShape", "data-sets" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task A_project_works_as_it_is_whatever_it_is_called(string kind, string name, string project, string list)
    {
        var given = await FlcrowdProcess.RunAsync(_folder.Path, "new", kind, name, "--out", "mine");
        Assert.Equal((0, ""), (given.ExitCode, given.Error));
        Assert.Contains($"flcrowd run {name.Split('/')[1]}.conf", given.Output, StringComparison.Ordinal);
        var mine = _folder.In("mine");
        var word = PluginTemplate.All.Single(template => template.Kind == kind).Word;
        Assert.All(
            Directory.EnumerateFiles(mine, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".nupkg", StringComparison.Ordinal)),
            file => Assert.DoesNotMatch($"(?i)acme|{word}", file[mine.Length..] + File.ReadAllText(file)));

        OutsideProjects.WriteSources(_folder);
        // The style of these sources was checked where they lie, in samples.
        var build = await OutsideProjects.DotnetAsync(
            _folder, mine, "build", $"{project}.slnx", "-c", "Release", "--disable-build-servers", "-nodeReuse:false",
            "-p:RunAnalyzers=false");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);

        var tests = await OutsideProjects.DotnetAsync(_folder, mine, $"{project}.Tests/bin/Release/net10.0/{project}.Tests.dll");
        Assert.True(tests.ExitCode == 0, tests.Output + tests.Error);

        var listed = await FlcrowdProcess.RunAsync(mine, "list", list, "--plugin", $"{project}/bin/Release/net10.0/{project}.dll");
        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        Assert.Contains($"{name}\n", listed.Output, StringComparison.Ordinal);

        var run = await FlcrowdProcess.RunAsync(
            mine, "run", $"{name.Split('/')[1]}.conf", "--set", "learning.rounds=2", "--set", "experiment.episodes=1", "--out", "run");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }
}
