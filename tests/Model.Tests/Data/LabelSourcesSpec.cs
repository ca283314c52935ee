using System.Security.Cryptography;

namespace FLCrowd.Model.Tests.Data;

/// <summary>Labels from columns, confusion matrices and people.</summary>
public sealed class LabelSourcesSpec : IDisposable
{
    private const int Count = 6000;

    /// <summary>Classes 0, 1, 2, 0, ... with two columns of labels.</summary>
    private static readonly DataSet Data = Worlds.Noise(new SampleShape(1, 1, 3), classCount: 3, count: Count) with
    {
        ClassNames = ["ant", "bee", "cat"],
        Columns = new Dictionary<string, string[]>
        {
            ["next"] = [.. Enumerable.Range(0, Count).Select(sample => new[] { "bee", "cat", "ant" }[sample % 3])],
            ["number"] = [.. Enumerable.Range(0, Count).Select(sample => $"{(sample + 2) % 3}")],
            ["odd"] = [.. Enumerable.Range(0, Count).Select(sample => sample == 4 ? "dog" : "ant")],
        },
    };

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_defaults_said_aloud_give_the_same_bits()
    {
        Assert.Null(Label(new LabelSettings(), 1));
        foreach (double effort in (double[])[0, 0.3, 0.9])
        {
            Assert.Equal(Label(null, effort), Label(new LabelSettings(), effort));
        }
    }

    [Fact]
    public void Columns_have_names_or_numbers_of_classes()
    {
        var labels = new LabelSettings
        {
            Careful = LabelSource.Column,
            CarefulColumn = "next",
            Careless = LabelSource.Column,
            CarelessColumn = "number",
        };
        var (careful, careless, half) = (Label(labels, 1)!, Label(labels, 0)!, Label(labels, 0.25)!);
        var truth = Truth();
        Assert.All(Enumerable.Range(0, careful.Length), j => Assert.Equal((truth[j] + 1) % 3, careful[j]));
        Assert.All(Enumerable.Range(0, careful.Length), j => Assert.Equal((truth[j] + 2) % 3, careless[j]));
        int with = half.Zip(careful).Count(pair => pair.First == pair.Second);
        DisjointPartitionSpec.AssertFits([with, half.Length - with], [0.25, 0.75]);
    }

    [Theory]
    [InlineData("odd",
        "data.labels.careless-column: is odd, which has 'dog' for training sample 4; must be a class: 0 to 2, or ant, bee, cat")]
    [InlineData("none", "data.labels.careless-column: is none; must be a column of 'noise', which has next, number, odd")]
    public void Columns_without_classes_are_refused(string column, string message) => Assert.Equal(
        message,
        Assert.Throws<SettingException>(
            () => Label(new LabelSettings { Careless = LabelSource.Column, CarelessColumn = column }, 0)).Message);

    [Fact]
    public void A_confusion_matrix_has_the_probabilities_that_it_says()
    {
        double[] matrix = [0.5, 0.25, 0.25, 0, 0.9, 0.1, 1, 0, 0];
        var given = Label(new LabelSettings { Careless = LabelSource.Confusion, Confusion = new ValueList<double>(matrix) }, 0)!;
        var counts = new int[9];
        foreach (var (right, label) in Truth().Zip(given))
        {
            counts[(right * 3) + label]++;
        }

        Assert.Equal((0, 0, 0), (counts[3], counts[7], counts[8]));
        DisjointPartitionSpec.AssertFits(counts[..3], matrix[..3]);
        DisjointPartitionSpec.AssertFits(counts[4..6], matrix[4..6]);
        Assert.Equal(
            "data.labels.confusion: has 4 numbers; must be 3 rows of 3, as 'noise' has 3 classes",
            Assert.Throws<SettingException>(() => Label(
                new LabelSettings { Careless = LabelSource.Confusion, Confusion = new ValueList<double>(1, 0, 0, 1) }, 0)).Message);
    }

    [Fact]
    public void Skill_is_the_probability_that_a_careful_label_is_right()
    {
        var labels = new LabelSettings
        {
            Careless = LabelSource.Column,
            CarelessColumn = "next",
            Skill = new ValueList<double>(1, 0.7),
        };
        Assert.Null(Label(labels, 1, client: 0));
        var given = Label(labels, 1, client: 1)!;
        int right = given.Zip(Truth(1)).Count(pair => pair.First == pair.Second);
        DisjointPartitionSpec.AssertFits([right, given.Length - right], [0.7, 0.3]);

        var half = Label(labels, 0.5, client: 1)!;
        right = half.Zip(Truth(1)).Count(pair => pair.First == pair.Second);
        DisjointPartitionSpec.AssertFits([right, given.Length - right], [0.35, 0.65]);
    }

    [Fact]
    public void Less_effort_only_turns_careful_labels_into_careless_ones()
    {
        var labels = new LabelSettings
        {
            Careful = LabelSource.Column,
            CarefulColumn = "next",
            Skill = new ValueList<double>(0.8),
        };
        var (all, most, some, none) = (Label(labels, 1)!, Label(labels, 0.9)!, Label(labels, 0.4)!, Label(labels, 0)!);
        Assert.All(Enumerable.Range(0, all.Length), j =>
        {
            Assert.True(most[j] == all[j] || (most[j] == some[j] && some[j] == none[j]));
            Assert.True(some[j] == all[j] || some[j] == none[j]);
        });
    }

    [Fact]
    public void A_worker_gives_what_it_gave()
    {
        // Three workers who answered everything, each in a way of its own.
        var rows = Enumerable.Range(0, Count).SelectMany(sample => Enumerable.Range(0, 3).Select(worker => $"{sample},w{worker},{worker}"));
        var people = Answers(["sample,worker,answer", .. rows]);
        var given = Enumerable.Range(0, 3).Select(client => Label(people, 1, clients: 3, client: client)!).ToList();
        Assert.All(given, labels => Assert.Single(labels.Distinct()));
        Assert.Equal([0, 1, 2], given.Select(labels => (int)labels[0]).Order());

        // Of a pool of all, one answers each time.
        var pool = people with { Annotators = people.Annotators! with { WorkersPerClient = 3 } };
        var counts = Label(pool, 1)!.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value).ToList();
        DisjointPartitionSpec.AssertFits(counts, [1 / 3.0, 1 / 3.0, 1 / 3.0]);
    }

    [Fact]
    public void What_a_worker_did_not_answer_most_others_did_and_else_nobody_knows()
    {
        // Every worker answered its own third; class 2 was answered by nobody, and the others by five each, as ant, ant, bee, bee, ant.
        string[] others = ["ant", "ant", "bee", "bee", "ant"];
        var rows = Enumerable.Range(0, Count).Where(sample => sample % 3 != 2)
            .SelectMany(sample => others.Select((answer, worker) => $"{sample},\"w, {worker}\",{answer},x"));
        var people = Answers(["sample,worker,answer,time", "0,alone,cat,x", .. rows]) with
        {
            Careless = LabelSource.Column,
            CarelessColumn = "number",
        };
        var bees = 0;
        foreach (int client in Enumerable.Range(0, 6))
        {
            var (given, truth) = (Label(people, 1, clients: 6, client: client)!, Truth(client, 6));
            Assert.All(given.Where((_, j) => truth[j] == 2), label => Assert.Equal(1, label)); // as no care has it

            // The one who answered sample 0 alone says ant to the others, as most did.
            var most = given.Where((_, j) => truth[j] != 2).CountBy(label => label).MaxBy(count => count.Value);
            Assert.InRange(given.Where((_, j) => truth[j] != 2).Count(label => label != most.Key), 0, 10);
            bees += most.Key;
        }

        Assert.Equal(2, bees);
    }

    [Theory]
    [InlineData("sample,worker,answer\n0,a,ant\n6000,a,bee",
        "line 3: has the sample '6000'; must be a position in the training set of 'noise', 0 to 5999")]
    [InlineData("sample,worker,answer\nx,a,ant",
        "line 2: has the sample 'x'; must be a position in the training set of 'noise', 0 to 5999")]
    [InlineData("sample,worker,answer\n0,a,ant\n1,a,dog", "line 3: has the answer 'dog'; must be a class: 0 to 2, or ant, bee, cat")]
    [InlineData("sample,worker,answer\n0,a", "line 2: has 2 fields; must have 3, as the first line")]
    [InlineData("sample,who,answer\n0,a,ant", "line 1: has no column 'worker'; its columns are sample, who, answer")]
    [InlineData("sample,worker,answer\n", "line 2: has no answers")]
    [InlineData("", "line 1: has no column 'sample'; its columns are ")]
    public void A_table_that_is_none_is_refused_with_file_and_line(string text, string message) => Assert.Equal(
        $"data.labels.annotators.file: {_file}, {message}",
        Assert.Throws<SettingException>(() => Label(Answers(text.Split('\n')), 1)).Message);

    [Fact]
    public void Another_file_than_the_run_began_with_is_refused()
    {
        var people = Answers(["sample,worker,answer", "0,a,ant"]);
        File.AppendAllText(_file, "1,a,bee\n");
        Assert.Contains(
            "must be the file that the run began with", Assert.Throws<SettingException>(() => Label(people, 1)).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "data.labels.annotators.workers-per-client: is 2; the table has 1 workers, so it must be at most that",
            Assert.Throws<SettingException>(() => Label(Answers(["sample,worker,answer", "0,a,ant"], workers: 2), 1)).Message);
    }

    private LabelSettings Answers(string[] lines, int workers = 1)
    {
        File.WriteAllText(_file, string.Join('\n', lines));
        return new LabelSettings
        {
            Careful = LabelSource.Annotators,
            Annotators = new AnnotatorSettings
            {
                File = _file,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_file))),
                Sample = "sample",
                Worker = "worker",
                Answer = "answer",
                WorkersPerClient = workers,
            },
        };
    }

    private static byte[]? Label(LabelSettings? labels, double effort, int clients = 2, int client = 0)
    {
        using var model = Model(labels, clients);
        return model.Label(new LabelingTask { Client = client, Effort = effort, Seed = new Seed(6) }).Given;
    }

    /// <summary>The true labels of a client's samples.</summary>
    private static byte[] Truth(int client = 0, int clients = 2)
    {
        using var model = Model(null, clients);
        return model.Label(new LabelingTask { Client = client, Effort = 1, Seed = new Seed(6), Labeler = new AsItIs() }).Given!;
    }

    private static ILearningModel Model(LabelSettings? labels, int clients) => Worlds.Model("softmax", Worlds.Setup(
        Data, Worlds.Partition("iid", 4000, 0, 1), [.. Enumerable.Repeat(1.0 / clients, clients)], labels: labels));

    private sealed class AsItIs : ILabeler
    {
        public int Label(in LabelView view) => view.Label;
    }
}
