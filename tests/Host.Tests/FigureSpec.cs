using System.Text.Json.Nodes;
using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Figures;

namespace FLCrowd.Host.Tests;

/// <summary>Figures of made-up tables, and of small runs from end to end.</summary>
public sealed class FigureSpec : IDisposable
{
    /// <summary>Small enough for a test: one panel of softmax, two seeds. A text in between takes the shipped panels away.</summary>
    private static readonly string[] Small =
    [
        "--set", "experiment.seeds=2", "--set", "experiment.draws=1", "--set", "learning.rounds=2", "--set", "data.samples-per-client=20",
        "--set", "experiment.axes.panel=none", "--set", "experiment.axes.panel={ softmax { learning.step-size = 0.1 } }",
    ];

    private const string GivenSurrogate =
        "game.lceme={ surrogate = given, surrogate-options { batch-slope = [0.5], effort-slope = [0.1], report-curvature = [0.01], "
            + "truthful-loss = 2 } }";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Effort_is_judged_by_what_the_tables_say()
    {
        // Loss falls by .1 with every step of D, and shirkers cost .05 each, whatever the seed; but with 5 shirkers D = 100 is worse than D
        // = 50.
        var lines = new List<string> { "episode,seed,training_loss,accuracy,panel,shirkers,game.assignment,game" };
        foreach (int seed in Enumerable.Range(1, 4))
        {
            foreach (int shirkers in (int[])[0, 3, 5])
            {
                foreach (var (step, size) in ((int[])[1, 5, 10, 50, 100]).Index())
                {
                    double loss = 1 + seed - 0.1 * step + 0.05 * shirkers + (shirkers == 5 && size == 100 ? 0.3 : 0);
                    lines.Add(FormattableString.Invariant($"{lines.Count - 1},{seed},{loss},0.9,made up,{shirkers},{size},0"));
                }
            }
        }

        var result = Present("fig2", lines);
        var verdicts = result.Claims.ToDictionary(claim => claim.Claim.Text, claim => claim.Verdict);
        Assert.Equal(Verdict.Held, verdicts["training loss falls as D grows, at every step (0 shirk)"]);
        Assert.Equal(Verdict.Held, verdicts["training loss falls as D grows, at every step (3 shirk)"]);
        Assert.Equal(Verdict.NotHeld, verdicts["training loss falls as D grows, at every step (5 shirk)"]);
        Assert.Equal(Verdict.Held, verdicts["training loss is higher when clients shirk labels (5 shirk)"]);
        Assert.Equal(Verdict.Held, verdicts["training loss falls as D grows, from the least D to the largest (5 shirk)"]);
        var contrary = result.Claims.Single(claim => claim.Verdict == Verdict.NotHeld);
        Assert.Equal(("D 50 to 100", 4), (contrary.Decisive, contrary.Comparisons));
        Assert.Equal(-0.2, contrary.Margin.Mean, 9);
        Assert.Equal(15, result.Data.Rows.Count);

        // Accuracy does not move at all.
        Assert.All(Present("fig3", lines).Claims, claim => Assert.Equal(Verdict.NotHeld, claim.Verdict));
    }

    [Fact]
    public async Task A_collection_plays_equal_games_once_and_its_report_can_be_made_again()
    {
        File.WriteAllText(_folder.In("both.conf"), "flcrowd { experiment { kind = collection, experiments = [fig2, fig3] } }");
        var run = await FlcrowdProcess.RunAsync(_folder.Path, ["run", "both.conf", "--out", "out", "--json", .. Small]);
        Assert.True(run.ExitCode == 0, run.Error);
        var json = (JsonObject)JsonNode.Parse(run.Output)!;
        Assert.Equal((30, "completed"), ((int)json["episodes_recorded"]! / 2, (string)json["status"]!));
        Assert.Equal(18, ((JsonArray)json["claims"]!).Count);
        Assert.Equal(30 * 2 * 10, (int)json["client_updates"]!); // and not twice as many
        Assert.Equal(File.ReadAllText(_folder.In("out/fig2/episodes.csv")), File.ReadAllText(_folder.In("out/fig3/episodes.csv")));

        string[] files =
        [
            "claims.csv", "report.html", "fig2/fig2.csv", "fig2/claims.csv", "fig2/report.html", "fig2/plots/fig2-1.svg",
            "fig2/plots/fig2-1.png", "fig3/fig3.csv", "fig3/plots/fig3-1.svg",
        ];
        var before = files.Select(file => File.ReadAllBytes(_folder.In($"out/{file}"))).ToList();
        foreach (var file in files)
        {
            File.Delete(_folder.In($"out/{file}"));
        }

        Reported.Write(_folder.In("out"));
        Assert.All(files.Zip(before), pair => Assert.Equal(pair.Second, File.ReadAllBytes(_folder.In($"out/{pair.First}"))));
    }

    [Theory]
    [InlineData("fig4", 2, 8, "learning.local-steps=2")]
    [InlineData("fig6", 2, 2 * 32, GivenSurrogate)]
    [InlineData("fig7", 2, 3 * 8, GivenSurrogate)]
    public async Task A_small_run_gives_a_figure(string name, int plots, int rows, string setting)
    {
        var run = await FlcrowdProcess.RunAsync(
            _folder.Path, ["run", name, "--out", "out", .. Small, "--set", "experiment.draws=2", "--set", setting]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("The paper's claims", run.Output, StringComparison.Ordinal);
        Assert.Equal(plots, Directory.EnumerateFiles(_folder.In("out/plots"), "*.png").Count());
        Assert.Equal(1 + rows, File.ReadLines(_folder.In($"out/{name}.csv")).Count());
        Assert.Contains($"{name}.csv", File.ReadAllText(_folder.In("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_has_no_settings_of_its_own()
    {
        var error = Assert.Throws<SettingException>(
            () => Collection.Of(Source("flcrowd { seed = 3, experiment { kind = collection, experiments = [fig2] } }")));
        Assert.StartsWith("seed: stands in a collection", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<SettingException>(
            () => Collection.Of(Source("flcrowd { experiment { kind = collection, experiments = [fig2, fig2] } }")));
        Assert.Contains("two experiments of the name fig2", error.Message, StringComparison.Ordinal);
        Assert.Null(Collection.Of(Source("flcrowd { seed = 3 }")));
    }

    private static ExperimentSource Source(string text) => new("test", "test.conf", text, "test.conf");

    private FigureResult Present(string name, IReadOnlyList<string> episodes)
    {
        File.WriteAllLines(_folder.In("episodes.csv"), episodes);
        string[] columns = ["panel", "shirkers", "game.assignment"];
        return PaperFigures.Find(name, columns).Present(new FigureTables(_folder.Path, null!));
    }
}
