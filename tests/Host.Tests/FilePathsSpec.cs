using System.Text.Json.Nodes;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Collections;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Hocon;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Host.Tests.Templates;

namespace FLCrowd.Host.Tests;

/// <summary>Where relative paths start: at the file that they are written in, or at the current folder.</summary>
public sealed class FilePathsSpec : IDisposable
{
    /// <summary>The folder that a command is called in; nothing looks for it.</summary>
    private static readonly string Here = Path.Combine(Path.GetTempPath(), "called", "here");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_path_starts_at_the_file_that_it_is_written_in()
    {
        Write("sub/labels.conf", "annotators.file = answers.csv, confusion = ../confusion.csv");
        Write("mine.conf", """
            flcrowd {
              data.csv { file = people.csv, test-file = ${flcrowd.data.csv.file}.test, keep = [people.csv] }
              data.labels { include "sub/labels.conf" }
              data.npz { x = x.npy, y = y, keep = [writer.npy, writer] }
              learning.participation.schedule = "when/"${WHO}".csv"
            }
            """);
        var tree = Read("mine.conf");
        Assert.Equal(_folder.In("people.csv"), Text(tree, "data.csv.file"));
        Assert.Equal(_folder.In("people.csv.test"), Text(tree, "data.csv.test-file"));
        Assert.Equal("people.csv", tree["data"]!["csv"]!["keep"]![0]!.ToString());
        Assert.Equal(_folder.In("sub/answers.csv"), Text(tree, "data.labels.annotators.file"));
        Assert.Equal(_folder.In("confusion.csv"), Text(tree, "data.labels.confusion"));
        Assert.Equal(_folder.In("when/me.csv"), Text(tree, "learning.participation.schedule"));
        Assert.Equal((_folder.In("x.npy"), "y"), (Text(tree, "data.npz.x"), Text(tree, "data.npz.y")));
        Assert.Equal([_folder.In("writer.npy"), "writer"], tree["data"]!["npz"]!["keep"]!.AsArray().Select(item => item!.ToString()));
    }

    [Fact]
    public void One_that_the_command_line_or_the_environment_gives_starts_at_the_current_folder()
    {
        Write("mine.conf", """
            flcrowd {
              data { mnist.folder = mine, idx.folder = ${SOME}, images.folder = mine, images.folder = ${?SOME}/x, csv.file = ${ALL}/a.csv }
              data { labels.annotators.file = mine.csv, parquet.file = mine.parquet, parquet.file = ${?NONE} }
            }
            """);
        var tree = Read("mine.conf", "data.cifar.folder=theirs", "data.csv.test-file=${flcrowd.data.parquet.file}");
        Assert.Equal(_folder.In("mine"), Text(tree, "data.mnist.folder"));
        Assert.Equal(Path.Combine(Here, "some"), Text(tree, "data.idx.folder"));
        Assert.Equal(Path.Combine(Here, "some", "x"), Text(tree, "data.images.folder"));
        Assert.Equal(Path.GetFullPath("/all/a.csv"), Text(tree, "data.csv.file"));
        Assert.Equal(Path.Combine(Here, "theirs"), Text(tree, "data.cifar.folder"));
        Assert.Equal(_folder.In("mine.parquet"), Text(tree, "data.parquet.file"));
        Assert.Equal(_folder.In("mine.parquet"), Text(tree, "data.csv.test-file"));
    }

    [Fact]
    public void Variants_axes_and_the_grid_have_paths_too_and_tables_show_no_folders()
    {
        Write("mine.conf", """
            flcrowd {
              experiment {
                kind = sweep
                variants { a { data.csv.file = a.csv }, b { data.labels { confusion = none, careful = truth } } }
                axes { when { now { learning.participation.schedule = now.csv }, always {} } }
                grid { "data.csv.file" = [one.csv, sub/two.csv], "data.csv" = [{ file = all.csv }] }
                grid { "data.labels.confusion" = [none, c.csv] }
              }
            }
            """);
        var experiment = Read("mine.conf", "experiment.grid.\"data.csv.test-file\"=[t.csv]")["experiment"]!;
        Assert.Equal(_folder.In("a.csv"), Text(experiment, "variants.a.data.csv.file"));
        Assert.Equal("none", Text(experiment, "variants.b.data.labels.confusion"));
        Assert.Equal(_folder.In("now.csv"), Text(experiment, "axes.when.now.learning.participation.schedule"));
        var grid = experiment["grid"]!;
        Assert.Equal([_folder.In("one.csv"), _folder.In("sub/two.csv")], grid["data.csv.file"]!.AsArray().Select(item => item!.ToString()));
        Assert.Equal(_folder.In("all.csv"), grid["data.csv"]![0]!["file"]!.ToString());
        Assert.Equal(Path.Combine(Here, "t.csv"), grid["data.csv.test-file"]![0]!.ToString());

        ((JsonObject)grid).Remove("data.csv");
        var tree = ExperimentSources.Reference;
        tree["experiment"] = experiment.DeepClone();
        var cells = Sweep.Cells(tree, ExperimentSettings.Read(new Section((JsonObject)tree["experiment"]!, "experiment"), Kinds)).ToList();
        Assert.Equal(["a", "now", "one.csv", "none", "t.csv"], cells[0].Values);
        Assert.Equal(["b", "always", "sub/two.csv", "c.csv", "t.csv"], cells[^1].Values);
    }

    [Fact]
    public void A_plug_in_and_the_parts_of_a_collection_start_there_too()
    {
        Write("sub/plugins.conf", "flcrowd.plugins = [mine.dll]");
        Write(
            "mine.conf",
            "include \"sub/plugins.conf\", flcrowd.experiment { kind = collection, experiments = [quadratic, sub/part.conf] }");
        Write("sub/part.conf", "flcrowd.seed = 3");
        var written = ExperimentSources.Resolve(
            ExperimentSources.Find(_folder.In("mine.conf")), ["plugins = ${flcrowd.plugins} [theirs.dll]"], null, folder: Here);
        Assert.Equal(
            [_folder.In("sub/mine.dll"), Path.Combine(Here, "theirs.dll")],
            PluginFile.Of(written.AnchorList([PluginFile.Key], _ => true), [], null).Select(file => file.Path));

        Write("sub/plugins.conf", "");
        var collection = Collection.Of(ExperimentSources.Find("mine.conf", _folder.Path), new AskedVariables(), Here)!;
        Assert.Equal(["quadratic", _folder.In("sub/part.conf")], collection.Parts.Select(part => part.Argument));
    }

    [Fact]
    public void What_comes_with_the_program_finds_its_data_from_anywhere()
    {
        var source = ExperimentSources.Find("annotators", Here);
        var file = Text(ExperimentSources.Resolve(source, [], null, folder: Here).AnchorFiles(Configured.Catalog), "data.csv.file");
        Assert.True(File.Exists(file), file);
        var repository = ExperimentSources.Find(Path.Combine(OutsideProjects.Solution(), "hocon", "experiments", "annotators.conf"));
        Assert.Equal(
            Path.Combine(OutsideProjects.Solution(), "data", "leaves", "leaves.csv"),
            Text(ExperimentSources.Resolve(repository, [], null, folder: Here).AnchorFiles(Configured.Catalog), "data.csv.file"));
    }

    [Fact]
    public async Task A_run_records_its_files_and_is_not_gone_on_with_when_one_was_changed()
    {
        Write("answers.csv", "sample,worker,answer\n0,a,1\n1,b,2\n");
        Write("confusion.csv", string.Join('\n', Enumerable.Repeat("0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1", 10)));
        Write("schedule.csv", "client,from,to\n0,1,1\n");
        Write("mine.conf", """
            flcrowd {
              data { set = digits, samples-per-client = 20, clients = 3 }
              data.labels { careful = annotators, annotators.file = answers.csv, careless = confusion, confusion = confusion.csv }
              learning { rounds = 1, participation.schedule = schedule.csv }
            }
            """);
        var cancel = TestContext.Current.CancellationToken;
        var run = await new Laboratory().RunAsync(
            new RunRequest("mine.conf") { Folder = _folder.Path, Out = _folder.In("run"), Threads = 1 }, null, cancel);
        string[] files = [_folder.In("answers.csv"), _folder.In("confusion.csv"), _folder.In("schedule.csv")];
        Assert.Equal(files, run.Record.DataFiles.Select(file => file.Path).Where(file => file.EndsWith(".csv", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

        // As if it had been interrupted: no journal is looked at before the files are.
        var record = await File.ReadAllTextAsync(_folder.In("run/run.json"), cancel);
        await File.WriteAllTextAsync(
            _folder.In("run/run.json"), record.Replace("\"completed\"", "\"interrupted\"", StringComparison.Ordinal), cancel);
        foreach (var file in files)
        {
            var whole = await File.ReadAllTextAsync(file, cancel);
            await File.WriteAllTextAsync(file, whole.Replace('1', 'x'), cancel);
            var refused = await Assert.ThrowsAsync<SettingException>(
                () => new Laboratory().ResumeAsync(_folder.In("run"), null, null, cancel));
            Assert.StartsWith($"{file}: was changed since the run began; ", refused.Message, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, whole, cancel);
        }

        // A run that came to its end has no journal any more: all of it is played again.
        await new Laboratory().ResumeAsync(_folder.In("run"), new RunRequest("") { FromLastGood = true }, null, cancel);
    }

    [Fact]
    public async Task A_collection_is_gone_on_with_from_any_folder()
    {
        Write("both.conf", "flcrowd.experiment { kind = collection, experiments = [one.conf, \"two.conf\"] }");
        Write("one.conf", "flcrowd { learning { model = quadratic, rounds = 1 } }");
        Write("two.conf", "include \"one.conf\", flcrowd.seed = 2");
        Write("schedule.csv", "client,from,to\n0,1,1\n");
        var cancel = TestContext.Current.CancellationToken;
        var request = new RunRequest("both.conf")
        {
            Folder = _folder.Path,
            Out = _folder.In("run"),
            Threads = 1,
            Overrides = ["learning.participation.schedule=schedule.csv"],
        };
        var run = await new Laboratory().RunAsync(request, null, cancel);
        Assert.Equal(_folder.Path, run.Record.Request!.Folder);
        var before = await File.ReadAllTextAsync(_folder.In("run/two/clients.csv"), cancel);

        // As if it had been stopped behind its first part.
        var record = await File.ReadAllTextAsync(_folder.In("run/run.json"), cancel);
        await File.WriteAllTextAsync(
            _folder.In("run/run.json"), record.Replace("\"completed\"", "\"interrupted\"", StringComparison.Ordinal), cancel);
        Directory.Delete(_folder.In("run/two"), recursive: true);
        await new Laboratory().ResumeAsync(_folder.In("run"), null, null, cancel);
        Assert.Equal(before, await File.ReadAllTextAsync(_folder.In("run/two/clients.csv"), cancel));
    }

    private static ExperimentKinds Kinds => ExperimentList.BuiltIn;

    private static string Text(JsonNode tree, string path) =>
        SettingPath.Split(path).Aggregate((JsonNode?)tree, (node, key) => node![key])!.ToString();

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.In(name))!);
        File.WriteAllText(_folder.In(name), text);
    }

    private JsonObject Read(string file, params string[] settings) => ExperimentSources.Resolve(
        ExperimentSources.Find(_folder.In(file)), settings, null,
        new AskedVariables(new Dictionary<string, string?>
        {
            ["WHO"] = "me",
            ["SOME"] = "some",
            ["ALL"] = Path.GetFullPath("/all"),
            ["NONE"] = null,
        }),
        folder: Here).AnchorFiles(Configured.Catalog);
}
