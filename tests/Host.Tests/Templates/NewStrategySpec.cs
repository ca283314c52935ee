using FLCrowd.Host.Templates;

namespace FLCrowd.Host.Tests.Templates;

/// <summary>From nothing to one's own strategy in the payoff table.</summary>
public class NewStrategySpec(OutsideProjects projects) : IClassFixture<OutsideProjects>
{
    [Fact]
    public void The_project_has_the_words_of_its_name_and_nothing_of_the_templates()
    {
        Assert.Contains("flcrowd run tit-for-tat.conf", projects.New.Output);
        var files = ((string[])["*.cs", "*.csproj", "*.conf", "*.md"]).SelectMany(pattern =>
            Directory.EnumerateFiles(projects.In("Mallory.TitForTat"), pattern)
                .Concat(Directory.EnumerateFiles(projects.Path, pattern))).ToList();
        Assert.True(files.Count >= 6, string.Join(", ", files));
        Assert.All(files, file => Assert.DoesNotMatch("(?i)acme|careful", file[projects.Path.Length..] + File.ReadAllText(file)));
        Assert.Contains(
            "class TitForTatStrategy(TitForTatOptions options)", File.ReadAllText(projects.In("Mallory.TitForTat/TitForTatStrategy.cs")));
    }

    [Fact]
    public async Task Its_tests_pass()
    {
        var tests = await projects.DotnetAsync(projects.StrategyTests);
        Assert.True(tests.ExitCode == 0, tests.Output + tests.Error);
        Assert.Matches(@"failed: 0", tests.Output);
    }

    [Fact]
    public async Task It_ships_its_own_assembly_only_and_is_listed()
    {
        Assert.Equal(
            ["Mallory.TitForTat.dll"],
            Directory.EnumerateFiles(Path.GetDirectoryName(projects.Strategy)!, "*.dll").Select(Path.GetFileName));
        var list = await FlcrowdProcess.RunAsync(projects.Path, "list", "strategies", "--plugin", projects.Strategy);
        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.Contains("mallory/tit-for-tat", list.Output);
        Assert.Contains("little-effort", list.Output);
    }

    [Fact]
    public async Task It_is_in_the_payoff_table_of_its_experiment()
    {
        var run = await FlcrowdProcess.RunAsync(
            projects.Path, "run", "tit-for-tat.conf", "--set", "learning.rounds=2", "--set", "experiment.episodes=3", "--out", "run");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("mallory/tit-for-tat", run.Output);
        var clients = await File.ReadAllLinesAsync(projects.In("run/clients.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(3 * 4, clients.Count(line => line.Contains("mallory/tit-for-tat", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_sample_built_against_the_package_plays_with_its_strategy_and_its_mechanism()
    {
        File.WriteAllText(projects.In("sample.conf"), """
            flcrowd {
              learning { model = quadratic, step-size = 0.1, rounds = 3 }
              game { mechanism = "sample/target-bonus", assignment = 60 }
              clients = [{ strategy = "sample/win-stay-lose-shift", count = 3 }, { strategy = truthful, share = 1 }]
            }
            """);
        var run = await FlcrowdProcess.RunAsync(projects.Path, "run", "sample.conf", "--plugin", projects.Sample, "--out", "sample");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("sample/win-stay-lose-shift", run.Output);
    }

    [Theory]
    [InlineData("mine", "vendor/name")]
    [InlineData("Acme/Mine", "vendor/name")]
    [InlineData("acme/1st", "vendor/name")]
    [InlineData("acme/a/b", "vendor/name")]
    public void A_name_has_a_vendor(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<SettingException>(() => PluginName.Parse(name)).Message);

    [Fact]
    public void Nothing_is_overwritten() => Assert.Contains(
        "exists and is not an empty folder",
        Assert.Throws<SettingException>(
            () => PluginProject.Write(PluginTemplate.All[0], PluginName.Parse("acme/mine"), projects.Path)).Message);
}
