using FLCrowd.Model.Models;
using FLCrowd.Model.Training;
using TorchSharp;

namespace FLCrowd.Model.Tests.Training;

[Collection(TorchCollection.Name)]
public class TorchNetworkSpec
{
    [Fact]
    public void A_definition_may_leave_its_logits_in_any_order_of_memory()
    {
        var data = Worlds.Noise(new SampleShape(1, 1, 6), 3);
        var plain = Networks.Softmax(data, Kernel.Torch);
        var transposed = new TorchNetwork(
            6, [NetworkParameter.Zero(3, 6), NetworkParameter.Zero(3)], (x, p) => (torch.mm(p[0], x.t()) + p[1].unsqueeze(1)).t());
        float[] model = [.. Enumerable.Range(0, plain.ParameterCount).Select(k => (float)new Seed(1).Uniform(k))];
        Assert.All(Gradient(plain).Zip(Gradient(transposed)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        float[] Gradient(INetwork network) => Gradients.OfSum(network, data.Training, [3, 1, 4, 1], [0, 1, 1, 2], model, 3);
    }

    [Fact]
    public void Parameters_begin_with_the_variance_asked_for()
    {
        var hidden = Initial("hidden");
        Assert.Equal(64 * 784, hidden.Length);
        Assert.Equal(2.0 / 784, hidden.Average(value => (double)value * value), 3e-5);
        Assert.NotEqual(hidden, Initial("output"));

        static float[] Initial(string name)
        {
            var parameter = NetworkParameter.Uniform(name, squaredGain: 2, 64, 784);
            var values = new float[parameter.Count];
            parameter.Initialise(new Seed(1), values);
            return values;
        }
    }
}
