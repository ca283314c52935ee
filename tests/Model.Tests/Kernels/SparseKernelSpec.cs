using System.Runtime.InteropServices;
using FLCrowd.Model.Kernels;
using FLCrowd.Model.Models;
using FLCrowd.Model.Storage;
using FLCrowd.Model.Tests.Training;
using FLCrowd.Model.Training;

namespace FLCrowd.Model.Tests.Kernels;

/// <summary>The kernels that leave zeros out, on data most of which are zeros, as numbers and as bytes.</summary>
[Collection(TorchCollection.Name)]
public class SparseKernelSpec
{
    // Sizes that are no multiples of a vector; numbers of classes on both sides of every panel's width.
    public static TheoryData<int, int, bool> Sizes => new()
    {
        { 37, 3, false }, { 37, 3, true }, { 131, 8, true }, { 50, 10, true }, { 50, 10, false }, { 41, 12, true }, { 30, 13, false },
        { 29, 16, true }, { 23, 17, true }, { 19, 35, false },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_has_the_gradient_of_its_loss(int features, int classes, bool bytes)
    {
        var data = Sparse(features, classes, bytes);
        Assert.True(InputLayers.IsSparse(data));
        Check(data, Networks.Softmax(data, Kernel.Simd), Reference.Softmax(classes));
    }

    [Theory]
    [InlineData(37, 5, 3, false)]
    [InlineData(41, 17, 4, true)]
    [InlineData(23, 33, 2, true)]
    public void A_perceptron_has_the_gradient_of_its_loss(int features, int hidden, int classes, bool bytes)
    {
        var data = Sparse(features, classes, bytes);
        Check(data, Networks.Mlp(data, hidden, Kernel.Simd), Reference.Mlp(hidden, classes));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Rows_hold_what_the_samples_hold(int features, int classes, bool bytes)
    {
        var samples = Sparse(features, classes, bytes).Training;
        var rows = SampleStore.Of(samples).Sparse;
        var buffer = new float[rows.MostEntries + SparseRows.Padding];
        for (int row = 0; row < samples.Count; row++)
        {
            var found = new float[features];
            var columns = MemoryMarshal.CreateReadOnlySpan(ref rows.Columns(row, out int count), count);
            var values = MemoryMarshal.CreateReadOnlySpan(ref rows.Values(row, buffer), count);
            Assert.Equal(0, count % SparseRows.Unit);
            for (int k = 0; k < count; k++)
            {
                found[columns[k]] += values[k] * rows.Scale;
            }

            for (int k = 0; k < features; k++)
            {
                Assert.Equal(samples.Features[row * features + k], found[k], 1e-7f);
            }
        }
    }

    /// <summary>So nodes whose vectors are of other widths compute the same.</summary>
    [Fact]
    public void Results_have_the_same_bits_in_panels_of_any_width()
    {
        const int Features = 50, Classes = 10;
        var data = Sparse(Features, Classes, bytes: true);
        var rows = SampleStore.Of(data.Training).Sparse;
        int[] batch = [3, 0, 1, 9, 9, 2, 30];
        float[] weights = Draws((Features + 1) * Classes);
        var expected = Both<Panel16>();
        Assert.Equal(expected, Both<WidePanel16>());
        Assert.True(expected.Distinct().Count() > 400);

        float[] Both<T>()
            where T : struct, IPanel<T>
        {
            var w = new AlignedFloats((Features + 1) * T.Width);
            for (int k = 0; k < weights.Length; k++)
            {
                w.Span[k / Classes * T.Width + k % Classes] = weights[k];
            }

            var buffer = new float[rows.MostEntries + SparseRows.Padding];
            var z = new float[batch.Length * 16];
            SparsePasses.Forward<T>(rows, batch, w, buffer, z, 16);
            SparsePasses.Backward<T>(rows, batch, z, 16, -0.3f, w, buffer);
            return
            [
                .. z.Chunk(16).SelectMany(row => row.Take(Classes)),
                .. w.Span.ToArray().Chunk(T.Width).SelectMany(row => row.Take(Classes)),
            ];
        }
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("mlp")]
    public void A_data_set_of_bytes_is_trained_on_as_torch_trains_on_its_features(string name)
    {
        var sparse = Sparse(50, 10, bytes: true);
        using var one = Worlds.Model(name, Worlds.Setup(sparse, 3, 30));
        using var other = Worlds.Model(name, Worlds.Setup(sparse, 3, 30), Worlds.OnTorch);
        var protocol = Worlds.Protocol(rounds: 4, localSteps: 3, stepSize: 0.2);
        ClientAction[] profile = [new(1, 5, 1), new(0.5, 9, 1), new(0, 1, 1)];
        var (found, expected) = (Worlds.Play(one, protocol, profile, new Seed(1)), Worlds.Play(other, protocol, profile, new Seed(1)));
        Assert.All(found.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.NotEqual(Worlds.Initial(one), found);
    }

    [Fact]
    public void Few_zeros_are_not_left_out()
    {
        Assert.False(InputLayers.IsSparse(Worlds.Noise(new SampleShape(1, 1, 30), 3)));
        Assert.True(InputLayers.IsSparse(Worlds.Mnist));
        Assert.Equal(0.19, SparseRows.Density(Worlds.Mnist.Training), 0.005);
    }

    [Theory]
    [InlineData(13, 10, 12)]
    [InlineData(4, 3, 4)]
    [InlineData(7, 16, 16)]
    [InlineData(9, 5, 8)]
    public void A_matrix_is_turned_and_turned_back(int width, int height, int stride)
    {
        float[] rows = Draws(width * height), back = new float[width * height];
        var columns = new float[width * stride];
        Array.Fill(columns, float.NaN);
        Transposed.ToColumns(rows, width, columns, stride);
        Transposed.ToRows(columns, stride, back, width);
        Assert.Equal(rows, back);
        for (int k = 0; k < columns.Length; k++)
        {
            Assert.Equal(k % stride < height ? rows[k % stride * width + k / stride] : 0, columns[k]);
        }
    }

    private static void Check(DataSet data, INetwork network, Reference.Network reference)
    {
        int features = data.Shape.FeatureCount, classes = data.ClassCount;
        float[] model = Draws(network.ParameterCount);
        int[] rows = [3, 0, 1, 9, 9, 2, 30];
        byte[] labels = [.. rows.Select(row => data.Training.Labels[row])];
        var gradient = Gradients.OfSum(network, data.Training, rows, labels, model, classes);
        var wide = Reference.Widen(model);
        Gradients.AgreeWithDifferences(gradient, wide, () => rows.Select((row, j) => Reference.CrossEntropy(
            reference(wide, data.Training.Features.AsSpan(row * features, features)), labels[j])).Sum());
    }

    /// <summary>Four fifths are 0; one sample is nothing else, and one has no 0.</summary>
    private static DataSet Sparse(int features, int classes, bool bytes)
    {
        var seed = new Seed(20).For("sparse", features, classes);
        return new DataSet(
            "sparse", classes, new SampleShape(1, 1, features), Samples(seed.For("training"), 40), Samples(seed.For("test"), 35));

        LabeledSamples Samples(Seed draws, int count)
        {
            byte[] pixels = [.. Enumerable.Range(0, count * features).Select(k => (k / features) switch
            {
                0 => (byte)0,
                1 => (byte)(1 + draws.Index(255, k)),
                _ => draws.For("present").Uniform(k) < 0.2 ? (byte)(1 + draws.Index(255, k)) : (byte)0,
            })];
            byte[] labels = [.. Enumerable.Range(0, count).Select(sample => (byte)(sample % classes))];
            return bytes
                ? LabeledSamples.OfBytes(pixels, 255, labels)
                : new LabeledSamples([.. pixels.Select(pixel => pixel / 255f)], labels);
        }
    }

    private static float[] Draws(int count) => [.. Enumerable.Range(0, count).Select(k => (float)(new Seed(8).Uniform(k) - 0.5))];
}
