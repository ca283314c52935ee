using FLCrowd.Model.Training;
using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>
/// One hidden layer with ReLU, on torch; parameters [W1 (hidden x d), b1 (hidden), W2 (K x hidden), b2 (K)].
/// </summary>
internal sealed class MlpNetwork : INetwork
{
    private readonly int _features;
    private readonly int _hidden;
    private readonly int _classes;

    public MlpNetwork(DataSet data, int hidden) =>
        (_features, _hidden, _classes) = (data.Shape.FeatureCount, hidden, data.ClassCount);

    public int ParameterCount => FirstLayer + _classes * (_hidden + 1);

    private int FirstLayer => _hidden * (_features + 1);

    public void Initialise(Seed seed, Span<float> model)
    {
        UniformWeights.Fill(model[..FirstLayer], _features, _hidden, 2, seed.For("hidden"));
        UniformWeights.Fill(model[FirstLayer..], _hidden, _classes, 1, seed.For("output"));
    }

    public INetworkWorker CreateWorker() => new Worker(this);

    public void Dispose()
    {
    }

    private sealed class Worker(MlpNetwork network) : INetworkWorker
    {
        private readonly TorchBuffer _model = new(network.ParameterCount);
        private readonly TorchBuffer _input = new(network._features);
        private readonly TorchBuffer _hidden = new(network._hidden);
        private readonly TorchBuffer _output = new(network._classes);

        public void Forward(ReadOnlySpan<float> model, Batch batch, Span<float> logits)
        {
            TorchRuntime.UseOneThread();
            using var scope = torch.NewDisposeScope();
            int count = batch.Rows.Length;
            model.CopyTo(_model.Span(1));
            Gather(batch);
            var (w1, b1, w2, b2) = Layers();
            var hidden = _hidden.Matrix(count);
            hidden.copy_(b1).addmm_(_input.Matrix(count), w1.t(), 1, 1).relu_();
            _output.Matrix(count).copy_(b2).addmm_(hidden, w2.t(), 1, 1);
            _output.Span(count).CopyTo(logits);
        }

        public void Backward(Span<float> model, Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
        {
            TorchRuntime.UseOneThread();
            using var scope = torch.NewDisposeScope();
            int count = batch.Rows.Length;
            slopes.CopyTo(_output.Span(count));
            var (w1, b1, w2, b2) = Layers();
            var (input, hidden, outputSlopes) = (_input.Matrix(count), _hidden.Matrix(count), _output.Matrix(count));
            var hiddenSlopes = torch.mm(outputSlopes, w2).mul_(hidden.gt(0));
            w2.addmm_(outputSlopes.t(), hidden, shrink, -rate);
            b2.mul_(shrink).sub_(outputSlopes.sum([0L]).mul_(rate));
            w1.addmm_(hiddenSlopes.t(), input, shrink, -rate);
            b1.mul_(shrink).sub_(hiddenSlopes.sum([0L]).mul_(rate));
            _model.Span(1).CopyTo(model);
        }

        public void Dispose()
        {
            _model.Dispose();
            _input.Dispose();
            _hidden.Dispose();
            _output.Dispose();
        }

        private void Gather(Batch batch)
        {
            int width = network._features;
            var input = _input.Span(batch.Rows.Length);
            for (int j = 0; j < batch.Rows.Length; j++)
            {
                batch.Features.AsSpan(batch.Rows[j] * width, width).CopyTo(input[(j * width)..]);
            }
        }

        private (torch.Tensor W1, torch.Tensor B1, torch.Tensor W2, torch.Tensor B2) Layers()
        {
            long hidden = network._hidden, features = network._features, classes = network._classes;
            var parts = _model.Matrix(1).view(-1).split([hidden * features, hidden, classes * hidden, classes]);
            return (parts[0].view(hidden, features), parts[1], parts[2].view(classes, hidden), parts[3]);
        }
    }
}
