using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Protocol;

public class TestedClassSpec
{
    /// <summary>By row, what samples of a class are taken for: class 2 has none, though some are taken for it; none is taken for class
    /// 3.</summary>
    private static readonly int[] Matrix =
    [
        4, 2, 0, 0,
        1, 2, 0, 0,
        0, 0, 0, 0,
        0, 0, 5, 0,
    ];

    [Fact]
    public void Samples_predictions_and_hits_are_rows_columns_and_diagonal_of_the_confusion_matrix() => Assert.Equal(
        [new(6, 5, 4, "a"), new(3, 4, 2, "b"), new(0, 5, 0, "c"), new(5, 0, 0, "d")],
        TestedClass.Of(Matrix, ["a", "b", "c", "d"]));

    [Fact]
    public void What_there_is_nothing_to_divide_by_does_not_exist()
    {
        var classes = TestedClass.Of(Matrix, []);
        Assert.Equal([2 / 3.0, 2 / 3.0, double.NaN, 0], classes.Select(tested => tested.Recall));
        Assert.Equal([0.8, 0.5, 0, double.NaN], classes.Select(tested => tested.Precision));
        Assert.Equal([8 / 11.0, 4 / 7.0, double.NaN, 0], classes.Select(tested => tested.F1));
        Assert.All(classes, tested => Assert.Equal("", tested.Name));
    }

    [Fact]
    public void F1_is_the_harmonic_mean_of_recall_and_precision() => Assert.All(
        TestedClass.Of(Matrix, []).Take(2),
        tested => Assert.Equal(2 / (1 / tested.Recall + 1 / tested.Precision), tested.F1, 12));

    [Fact]
    public void Macro_F1_is_the_mean_over_classes_with_samples()
    {
        Assert.Equal((8 / 11.0 + 4 / 7.0 + 0) / 3, TestedClass.MacroF1(TestedClass.Of(Matrix, [])), 12);
        Assert.Equal(double.NaN, TestedClass.MacroF1([new(0, 5, 0, "")]));
    }

    [Fact]
    public void A_model_that_counts_fewer_than_none_is_told_so() => Assert.Equal(
        "it counts -1 test samples of class 1 as class 0; must be at least 0",
        Assert.Throws<InvalidOperationException>(() => TestedClass.Of([1, 0, -1, 1], [])).Message);
}
