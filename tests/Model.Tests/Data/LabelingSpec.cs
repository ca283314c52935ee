using MathNet.Numerics.Distributions;

namespace FLCrowd.Model.Tests.Data;

public class LabelingSpec
{
    private const int Count = 20_000;
    private static readonly LearningSetup Setup = Worlds.Setup(Worlds.Mnist, clients: 2, samples: Count);

    [Fact]
    public void Full_effort_gives_the_true_labels()
    {
        using var model = Worlds.Model("softmax", Setup);
        Assert.Null(Label(model, 1, null).Given);
        Assert.Equal(Label(model, 1, new Editor(view => view.Label)).Given, TrueLabels(model));
    }

    [Fact]
    public void No_effort_gives_uniform_labels()
    {
        using var model = Worlds.Model("softmax", Setup);
        AssertUniform(Label(model, 0, null).Given!);
    }

    [Fact]
    public void Effort_is_the_share_of_samples_labeled_with_it()
    {
        using var model = Worlds.Model("softmax", Setup);
        var given = Label(model, 0.3, null).Given!;
        var right = TrueLabels(model);

        // A random label is right by chance once in ten.
        const double Expected = 0.3 + (0.7 / 10);
        double hits = given.Zip(right).Count(pair => pair.First == pair.Second);
        Assert.InRange(hits / Count, Expected - 0.015, Expected + 0.015);
        Assert.Equal(hits, given.Zip(right).Count(pair => pair.First == pair.Second));
    }

    [Fact]
    public void Less_effort_only_adds_wrong_labels()
    {
        using var model = Worlds.Model("softmax", Setup);
        var right = TrueLabels(model);
        var (most, less, none) = (Label(model, 0.9, null).Given!, Label(model, 0.4, null).Given!, Label(model, 0, null).Given!);
        for (int j = 0; j < Count; j++)
        {
            Assert.True(most[j] == right[j] || (most[j] == less[j] && less[j] == none[j]));
            Assert.True(less[j] == right[j] || less[j] == none[j]);
        }
    }

    [Fact]
    public void A_labeler_edits_what_effort_came_to()
    {
        using var model = Worlds.Model("softmax", Setup);
        var right = TrueLabels(model);
        var flipped = Label(model, 1, new Editor(view => view.Label == 7 ? 1 : view.Label)).Given!;
        Assert.All(flipped.Zip(right), pair => Assert.Equal(pair.Second == 7 ? 1 : pair.Second, pair.First));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void A_label_that_does_not_exist_is_an_error(int label)
    {
        using var model = Worlds.Model("softmax", Setup);
        var error = Assert.Throws<InvalidActionException>(() => Label(model, 1, new Editor(_ => label)));
        Assert.Contains($"the label {label}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("softmax", -0.1)]
    [InlineData("softmax", double.NaN)]
    [InlineData("quadratic", 1.1)]
    public void An_effort_that_does_not_exist_is_an_error(string name, double effort)
    {
        using var model = Worlds.Model(name, Setup);
        Assert.Throws<InvalidActionException>(() => Label(model, effort, null));
    }

    private static void AssertUniform(byte[] labels)
    {
        double expected = labels.Length / 10.0;
        double chiSquare = labels.GroupBy(label => label).Sum(group => Math.Pow(group.Count() - expected, 2) / expected);
        Assert.InRange(ChiSquared.CDF(9, chiSquare), 0.001, 0.999);
    }

    private static byte[] TrueLabels(ILearningModel model) => Label(model, 1, new Editor(view => view.Label)).Given!;

    private static ClientLabels Label(ILearningModel model, double effort, ILabeler? labeler) =>
        model.Label(new LabelingTask { Client = 1, Effort = effort, Labeler = labeler, Seed = new Seed(6) });

    private sealed class Editor(Func<LabelView, int> edit) : ILabeler
    {
        public int Label(in LabelView view) => edit(view);
    }
}
