using FLCrowd.Model.Kernels;
using FLCrowd.Model.Training;
using static FLCrowd.Model.Models.NetworkParameter;
using static TorchSharp.torch.nn.functional;

namespace FLCrowd.Model.Models;

/// <summary>
/// The networks, each defined in torch. Where a worker was written for one as well, <see cref="Kernel.Simd"/> is the same
/// network on that.
/// </summary>
internal static class Networks
{
    private const int Side = ConvolutionPool.Side;

    /// <summary>Softmax regression, initially 0.</summary>
    public static INetwork Softmax(DataSet data, Kernel kernel)
    {
        int features = data.Shape.FeatureCount, classes = data.ClassCount;
        var network = new TorchNetwork(features, [Zero(classes, features), Zero(classes)], (x, p) => linear(x, p[0], p[1]));
        return kernel == Kernel.Torch ? network : Simd(InputLayers.For(data, classes));

        SimdNetwork Simd(Func<IInputLayer> createLayer) => new(network, () => new SoftmaxWorker(createLayer()));
    }

    /// <summary>One hidden layer with ReLU.</summary>
    public static INetwork Mlp(DataSet data, int hidden, Kernel kernel)
    {
        int features = data.Shape.FeatureCount, classes = data.ClassCount;
        var network = new TorchNetwork(
            features,
            [Uniform("hidden", 2, hidden, features), Zero(hidden), Uniform("output", 1, classes, hidden), Zero(classes)],
            (x, p) => linear(relu(linear(x, p[0], p[1])), p[2], p[3]));
        return kernel == Kernel.Torch ? network : Simd(InputLayers.For(data, hidden));

        SimdNetwork Simd(Func<IInputLayer> createLayer) => new(network, () => new MlpWorker(createLayer(), hidden, classes));
    }

    /// <summary>One convolution of 5 x 5 filters, ReLU, 2 x 2 max-pool and a dense layer.</summary>
    /// <exception cref="SettingException">The samples are not images that are larger than a filter.</exception>
    public static INetwork Cnn(DataSet data, int channels, Kernel kernel)
    {
        if (data.Shape is not { Channels: var colors, Height: > Side and var height, Width: > Side and var width })
        {
            throw new SettingException(
                "learning.model", $"cnn needs images that are larger than 5 x 5; the samples of '{data.Name}' are {data.Shape}");
        }

        int classes = data.ClassCount;
        int pooled = channels * ((height - Side + 1) / 2) * ((width - Side + 1) / 2);
        var network = new TorchNetwork(
            data.Shape.FeatureCount,
            [Uniform("convolution", 2, channels, colors, Side, Side), Zero(channels), Uniform("dense", 1, classes, pooled), Zero(classes)],
            (x, p) => linear(max_pool2d(relu(conv2d(x.view(-1, colors, height, width), p[0], p[1])), 2).flatten(1), p[2], p[3]));

        // The worker that was written for it knows one channel.
        return kernel == Kernel.Torch || colors > 1
            ? network
            : new SimdNetwork(network, () => new CnnWorker(height, width, channels, classes));
    }
}
