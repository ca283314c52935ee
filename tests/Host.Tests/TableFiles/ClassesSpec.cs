using System.Text.Json.Nodes;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Host.Tests.TableFiles;

/// <summary>How well the final model knows each class, where it is asked for.</summary>
public sealed class ClassesSpec : IDisposable
{
    private const string Title = "How well each class is known";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_a_column_and_findings_say_it_whatever_computes()
    {
        var folder = await PlayAsync("one", "classes = on", threads: 1);
        var tests = CsvRows.Of(folder, EpisodeTable.Schema)
            .Select(row => (Macro: row[EpisodeTable.MacroF1], Accuracy: row[EpisodeTable.Accuracy])).ToList();
        var classes = CsvRows.Of(folder, ClassTable.Schema).Select(row => (
            Episode: row[ClassTable.Episode], Class: row[ClassTable.Class], Samples: row[ClassTable.Samples],
            Predicted: row[ClassTable.Predicted], Recall: row[ClassTable.Recall], F1: row[ClassTable.F1])).ToList();
        Assert.Equal((4, 40), (tests.Count, classes.Count));
        Assert.All(tests.Index(), test =>
        {
            var own = classes.Where(row => row.Episode == test.Index).ToList();
            Assert.Equal(Enumerable.Range(0, 10), own.Select(row => row.Class));
            Assert.All(own, row => Assert.Equal(50, row.Samples));
            Assert.Equal(500, own.Sum(row => row.Predicted));
            Assert.Equal(test.Item.Accuracy, own.Sum(row => row.Recall * row.Samples) / 500, 12);
            Assert.Equal(test.Item.Macro, own.Average(row => row.F1), 12);
        });

        var other = await PlayAsync("other", "classes = on", threads: 2);
        Assert.All(["episodes.csv", "classes.csv"], table => Assert.Equal(Read(folder, table), Read(other, table)));

        var findings = Reported.Findings(folder);
        var table = Assert.Single(findings.Tables, table => table.Title == Title);
        Assert.Equal(["learning.step-size", "class", "samples", "predicted", "recall", "F1"], table.Columns.Select(column => column.Name));
        Assert.Equal(20, table.Rows.Count);
        var recall = Assert.IsType<MeanCell>(table.Rows[13][4]);
        var seeds = classes.Where(row => row.Class == 3 && row.Episode >= 2).Select(row => row.Recall).ToList();
        Assert.Equal((seeds.Average(), Math.Abs(seeds[0] - seeds[1]) / 2), (recall.Mean, recall.Spread));

        var lines = Assert.Single(findings.Plots, plot => plot.Name == "recall").Panels[0].Series.Cast<LineSeries>().ToList();
        Assert.Equal([10, 10], lines.Select(line => line.Points.Count));
        Assert.Equal(recall.Mean, lines[1].Points[3].Y);

        var outcomes = findings.Tables.First();
        int column = outcomes.Columns.Index().Single(column => column.Item.Name == "macro-F1").Index;
        Assert.Equal((tests[2].Macro + tests[3].Macro) / 2, Assert.IsType<MeanCell>(outcomes.Rows[1][column]).Mean, 12);
        var cell = Cells(findings)[1]!;
        Assert.Equal(
            (Assert.IsType<MeanCell>(outcomes.Rows[1][column]).Mean, recall.Mean),
            ((double)cell["macro_f1"]!["mean"]!, (double)cell["classes"]![3]!["recall"]!["mean"]!));
    }

    [Fact]
    public async Task Parquet_has_it_and_the_next_run_in_the_folder_that_does_not_ask_has_nothing_of_it()
    {
        var folder = await PlayAsync("out", "classes = on", parquet: true);
        Assert.True(File.Exists(Path.Combine(folder, "classes.parquet")));
        var before = Read(folder, "episodes.csv");

        Assert.Equal(folder, await PlayAsync("out", "classes = off", parquet: true));
        Assert.Empty(Directory.GetFiles(folder, "classes.*"));
        Assert.Equal(before.Select(line => line[..line.LastIndexOf(',')]), Read(folder, "episodes.csv"));
        var findings = Reported.Findings(folder);
        Assert.DoesNotContain(findings.Tables, table => table.Title == Title);
        Assert.DoesNotContain(findings.Plots, plot => plot.Name == "recall");
        Assert.DoesNotContain(findings.Tables.First().Columns, column => column.Name == "macro-F1");
        Assert.All(Cells(findings).Cast<JsonObject>(), cell => Assert.False(cell.ContainsKey("macro_f1") || cell.ContainsKey("classes")));
    }

    [Fact]
    public void A_model_that_does_not_classify_is_refused() => Assert.Equal(
        "experiment.classes: is on, but the model 'quadratic' does not say which class it takes a test sample for; must be off",
        Configured.Error("experiment.classes=on"));

    [Fact]
    public void The_column_is_another_name_that_axes_may_not_have()
    {
        string[] axis = ["experiment.kind=sweep", "experiment.axes.macro_f1.small.data.clients=2"];
        Assert.Equal(
            "experiment.axes.macro_f1: is the name of another column of the tables, in episodes.csv; call the axis otherwise",
            Configured.Error([.. axis, "experiment.classes=on"]));
        Assert.Equal(["macro_f1"], Configured.Run(axis).Plan.SweptPaths);
    }

    /// <summary>What a population experiment knows from before is what was asked for then.</summary>
    [Fact]
    public void Games_that_are_kept_from_run_to_run_are_kept_with_it()
    {
        var game = Configured.File(
            "flcrowd { data { set = digits, clients = 1, samples-per-client = 10 }, game.assignment = 5, experiment.classes = on }", null)
            .Plan.Games[0];
        var result = new EpisodeResult(
            0, 0, 1, [new RoundEvaluation(100, new Evaluation(1, 2, 0.5))], 3, 4, 2, [new TestedClass(3, 2, 1, "a"), new(0, 1, 0, "")]);
        var cache = GameCache.Open(_folder.In("cache"), Configured.Catalog);
        cache.Add(new RecordedEpisode(game, 0, result, [new ClientOutcome(0, 0, "truthful", 1, 5, new ClientAction(1, 5, 1), 3, 2, null)]));
        Assert.Equal(result.Classes, cache.Find(game)![0].Result.Classes);
        Assert.Null(cache.Find(game with { Wanted = null }));
    }

    private static JsonArray Cells(Findings findings) => (JsonArray)findings.Details.Single(detail => detail.Name == "cells").Value!;

    private static string[] Read(string folder, string table) => File.ReadAllLines(Path.Combine(folder, table));

    private async Task<string> PlayAsync(string name, string setting, int threads = 2, bool parquet = false)
    {
        var (file, folder) = (_folder.In("test.conf"), _folder.In(name));
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(file, $$"""
            flcrowd {
              data { set = digits, clients = 3, samples-per-client = 40 }
              learning { rounds = 2 }
              game.assignment = 10
              experiment { kind = sweep, seeds = 2, grid { "learning.step-size" = [0.1, 1] }, {{setting}} }
            }
            """, cancel);
        var outcome = await new Laboratory().RunAsync(
            new RunRequest(file) { Out = folder, Threads = threads, Overwrite = true, Parquet = parquet }, new QuietObserver(), cancel);
        Assert.Equal((RunStatus.Completed, null), (outcome.Record.Status, outcome.Record.Failure));
        return folder;
    }
}
