using FLCrowd.Model.Training;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace FLCrowd.Model.Models;

/// <summary>The model <c>network</c>: layers that the configuration lists, one after the other, on torch.</summary>
internal static class LayeredNetwork
{
    private const string Path = "learning.network.layers";
    private const string Known = "must be \"conv CHANNELS SIDE\", \"pool SIDE\", \"relu\" or \"dense UNITS\"";

    /// <summary>What a layer does to a batch, given all parameters.</summary>
    private delegate torch.Tensor Step(torch.Tensor batch, torch.Tensor[] parameters);

    /// <param name="data">The data set: its samples' shape, and its classes.</param>
    /// <param name="layers">The layers, as the configuration writes them.</param>
    /// <exception cref="SettingException">A layer is none, or does not fit what comes out of the one before it.</exception>
    public static INetwork Create(DataSet data, IReadOnlyList<string> layers)
    {
        var shape = data.Shape;
        var parameters = new List<NetworkParameter>();
        var steps = new List<Step> { (x, _) => x.view(-1, data.Shape.Channels, data.Shape.Height, data.Shape.Width) };
        for (int layer = 0; layer < layers.Count; layer++)
        {
            Add(layers[layer].Split(' ', StringSplitOptions.RemoveEmptyEntries), layer);
        }

        Dense(data.ClassCount, "output", squaredGain: 1);
        return new TorchNetwork(
            data.Shape.FeatureCount, [.. parameters], (x, p) => steps.Aggregate(x, (batch, step) => step(batch, p)));

        void Add(string[] words, int layer)
        {
            switch (words)
            {
                case ["conv", var channels, var side]:
                    Convolve(Number(channels, layer), Number(side, layer), layer);
                    break;
                case ["pool", var side]:
                    Pool(Number(side, layer), layer);
                    break;
                case ["relu"]:
                    steps.Add((x, _) => relu(x));
                    break;
                case ["dense", var units]:
                    Dense(Number(units, layer), $"layer {layer}", Gain(layer));
                    break;
                default:
                    throw Wrong(layer, $"is \"{layers[layer]}\"; {Known}");
            }
        }

        void Convolve(int channels, int side, int layer)
        {
            Require(shape.Height >= side && shape.Width >= side, layer);
            int weights = parameters.Count;
            parameters.Add(NetworkParameter.Uniform($"layer {layer}", Gain(layer), channels, shape.Channels, side, side));
            parameters.Add(NetworkParameter.Zero(channels));
            steps.Add((x, p) => conv2d(x, p[weights], p[weights + 1]));
            shape = new SampleShape(channels, shape.Height - side + 1, shape.Width - side + 1);
        }

        void Pool(int side, int layer)
        {
            Require(shape.Height >= side && shape.Width >= side, layer);
            steps.Add((x, _) => max_pool2d(x, side));
            shape = shape with { Height = shape.Height / side, Width = shape.Width / side };
        }

        void Dense(int units, string name, double squaredGain)
        {
            int weights = parameters.Count;
            parameters.Add(NetworkParameter.Uniform(name, squaredGain, units, shape.FeatureCount));
            parameters.Add(NetworkParameter.Zero(units));
            steps.Add((x, p) => linear(x.flatten(1), p[weights], p[weights + 1]));
            if (name != "output")
            {
                // What follows sees units as an image of one row.
                steps.Add((x, _) => x.view(-1, 1, 1, units));
            }

            shape = new SampleShape(1, 1, units);
        }

        // gain^2 is 2 before a ReLU and 1 elsewhere; pooling in between changes nothing.
        double Gain(int layer) =>
            layers.Skip(layer + 1).FirstOrDefault(next => !next.StartsWith("pool", StringComparison.Ordinal)) == "relu" ? 2 : 1;

        void Require(bool fits, int layer)
        {
            if (!fits)
            {
                throw Wrong(layer, $"is \"{layers[layer]}\", but what comes there is {shape.Channels} x {shape.Height} x {shape.Width}; "
                    + "its side must be at most that");
            }
        }

        int Number(string word, int layer) => WholeNumber.Parse<int>(word) is { } number and >= 1 and <= 1 << 16
            ? number
            : throw Wrong(layer, $"is \"{layers[layer]}\"; '{word}' must be a whole number from 1 to {1 << 16}");

        SettingException Wrong(int layer, string problem) => new($"{Path}[{layer}]", problem);
    }
}
