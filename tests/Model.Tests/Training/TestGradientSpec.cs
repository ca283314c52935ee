namespace FLCrowd.Model.Tests.Training;

/// <summary>The gradient of the test loss against finite differences.</summary>
[Collection(TorchCollection.Name)]
public class TestGradientSpec
{
    private static readonly SampleShape Shape = new(1, 10, 9);

    // More than one block of samples, the last one not full.
    private static readonly DataSet Data = Worlds.Noise(Shape, classCount: 3, count: 150);

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Softmax(string kernel) => Check("softmax", $$"""{ "l2": 0.3, "kernel": "{{kernel}}" }""", Reference.Softmax(3));

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Mlp(string kernel) => Check("mlp", $$"""{ "l2": 0.3, "hidden": 5, "kernel": "{{kernel}}" }""", Reference.Mlp(5, 3));

    [Theory]
    [InlineData("simd")]
    [InlineData("torch")]
    public void Cnn(string kernel) => Check("cnn", $$"""{ "channels": 3, "kernel": "{{kernel}}" }""", Reference.Cnn(Shape, 3, 3));

    [Fact]
    public void Quadratic()
    {
        using var model = Worlds.Model("quadratic", Worlds.Setup(Data, 3, 10), """{ "curvature": [1, 2, 3, 4, 5] }""");
        float[] w = [1, -2, 0.5f, 3, 0.25f];
        var gradient = new float[5];
        ((IGradientModel)model).TestGradient(w, gradient);
        for (int k = 0; k < w.Length; k++)
        {
            // Differences of a quadratic are exact at any distance.
            float at = w[k];
            w[k] = at + 0.5f;
            double above = model.Evaluate(w).TestLoss;
            w[k] = at - 0.5f;
            Assert.Equal(above - model.Evaluate(w).TestLoss, gradient[k], 1e-5);
            w[k] = at;
        }
    }

    private static void Check(string name, string options, Reference.Network reference)
    {
        using var model = Worlds.Model(name, Worlds.Setup(Data, 2, 10), options);
        float[] w = [.. Enumerable.Range(0, model.ParameterCount).Select(k => (float)(new Seed(2).Uniform(k) - 0.5))];
        var before = (float[])w.Clone();
        var gradient = new float[w.Length];
        ((IGradientModel)model).TestGradient(w, gradient);
        Assert.Equal(before, w);
        var wide = Reference.Widen(w);
        Gradients.AgreeWithDifferences(gradient, wide, Loss);

        double Loss() => Enumerable.Range(0, Data.Test.Count).Average(sample => Reference.CrossEntropy(
            reference(wide, Data.Test.Features.AsSpan(sample * Shape.FeatureCount, Shape.FeatureCount)), Data.Test.Labels[sample]));
    }
}
