using FLCrowd.Model.Tests.Data;

namespace FLCrowd.Model.Tests.Training;

[Collection(TorchCollection.Name)]
public class ConfusionMatrixSpec
{
    private const int Classes = 10;
    private static readonly Lazy<DataSet> Digits = new(() => DataFolder.Load("digits", new { }));

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Softmax(string kernel) => Check("softmax", $$"""{ "kernel": "{{kernel}}" }""", Reference.Softmax(Classes));

    [Fact]
    public void Mlp() => Check("mlp", """{ "hidden": 7 }""", Reference.Mlp(7, Classes));

    [Fact]
    public void Cnn() => Check("cnn", """{ "channels": 2 }""", Reference.Cnn(new SampleShape(1, 8, 8), 2, Classes));

    /// <summary>Counts are those of the largest of the reference's logits, sample by sample, and the test is the same one to the last
    /// bit, whoever else asks at the time.</summary>
    private static void Check(string name, string options, Reference.Network reference)
    {
        var test = Digits.Value.Test;
        using var model = Worlds.Model(name, Worlds.Setup(Digits.Value, 3, 20), options);
        float[] w = [.. Enumerable.Range(0, model.ParameterCount).Select(k => (float)(new Seed(5).Uniform(k) - 0.5))];
        var wide = Reference.Widen(w);
        var expected = new int[Classes * Classes];
        for (int sample = 0; sample < test.Count; sample++)
        {
            var logits = reference(wide, test.Features.AsSpan(sample * 64, 64));
            expected[test.Labels[sample] * Classes + Array.IndexOf(logits, logits.Max())]++;
        }

        Assert.Equal(500, expected.Sum());
        Assert.True(expected.Count(count => count > 0) > Classes);

        var (plain, found) = (model.Evaluate(w), new (Evaluation Evaluation, int[] Matrix)[6]);
        Parallel.For(0, found.Length, index =>
        {
            int[] matrix = [.. Enumerable.Repeat(index, expected.Length)];
            found[index] = (((IConfusionMatrix)model).Evaluate(w, matrix), matrix);
        });
        Assert.All(found, one => Assert.Equal(expected, one.Matrix));
        Assert.All(found, one => Assert.Equal(plain, one.Evaluation));
        Assert.Equal(plain.Accuracy, Enumerable.Range(0, Classes).Sum(k => expected[k * Classes + k]) / 500.0);
        Assert.Empty(((IConfusionMatrix)model).ClassNames);
    }
}
