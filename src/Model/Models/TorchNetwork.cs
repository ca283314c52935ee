using FLCrowd.Model.Training;
using TorchSharp;

namespace FLCrowd.Model.Models;

/// <summary>
/// A network as torch sees it: parameters and a forward function of torch operators; torch differentiates it. Outside, the
/// parameters are one flat vector, in the order given.
/// </summary>
/// <param name="features">The number of features d of a sample.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="forward">Logits [D x K] out of features [D x d] and the parameters.</param>
internal sealed class TorchNetwork(
    int features, NetworkParameter[] parameters, Func<torch.Tensor, torch.Tensor[], torch.Tensor> forward) : INetwork
{
    public int ParameterCount { get; } = parameters.Sum(parameter => parameter.Count);

    public void Initialise(Seed seed, Span<float> model)
    {
        foreach (var parameter in parameters)
        {
            parameter.Initialise(seed, model[..parameter.Count]);
            model = model[parameter.Count..];
        }
    }

    public INetworkWorker CreateWorker() => new Worker(features, parameters, forward);

    private sealed class Worker : INetworkWorker
    {
        private readonly int _features;
        private readonly Func<torch.Tensor, torch.Tensor[], torch.Tensor> _forward;
        private readonly TorchBuffer _model;
        private readonly TorchBuffer _input;
        private readonly torch.Tensor[] _parameters;
        private readonly float[] _loaded;
        private torch.Tensor? _logits;

        public Worker(int features, NetworkParameter[] parameters, Func<torch.Tensor, torch.Tensor[], torch.Tensor> forward)
        {
            (_features, _forward) = (features, forward);
            _model = new TorchBuffer(parameters.Sum(parameter => parameter.Count));
            _input = new TorchBuffer(features);
            _loaded = new float[parameters.Sum(parameter => parameter.Count)];

            // Views of the flat vector, and what torch differentiates by. They belong to this worker, not to a scope of the caller.
            using var scope = torch.NewDisposeScope();
            var parts = _model.Matrix(1).view(-1).split([.. parameters.Select(parameter => (long)parameter.Count)]);
            _parameters = [.. parts.Zip(parameters, (part, parameter) =>
                part.detach().view(parameter.Shape).requires_grad_().DetachFromDisposeScope())];
        }

        public void Load(ReadOnlySpan<float> model)
        {
            model.CopyTo(_loaded);
            Restart();
        }

        public void Restart() => _loaded.CopyTo(_model.Span(1));

        public void Save(Span<float> model) => _model.Span(1).CopyTo(model);

        public void Forward(Batch batch, Span<float> logits)
        {
            TorchRuntime.UseOneThread();
            using var scope = torch.NewDisposeScope();
            Gather(batch);

            // The logits hold torch's record of how they came about, for the backward pass, if there will be one.
            _logits?.Dispose();
            _logits = _forward(_input.Matrix(batch.Rows.Length), _parameters).DetachFromDisposeScope();
            var found = TorchBuffer.Floats(_logits.detach().contiguous());
            var (classes, stride) = Sizes(batch);
            for (int row = 0; row < batch.Rows.Length; row++)
            {
                found.Slice(row * classes, classes).CopyTo(logits[(row * stride)..]);
            }
        }

        public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
        {
            TorchRuntime.UseOneThread();
            using var scope = torch.NewDisposeScope();
            using var constant = torch.no_grad();
            var byLogits = torch.empty(_logits!.shape);
            var given = TorchBuffer.Floats(byLogits);
            var (classes, stride) = Sizes(batch);
            for (int row = 0; row < batch.Rows.Length; row++)
            {
                slopes.Slice(row * stride, classes).CopyTo(given[(row * classes)..]);
            }

            var gradients = torch.autograd.grad([_logits], _parameters, [byLogits]);
            foreach (var (parameter, gradient) in _parameters.Zip(gradients))
            {
                parameter.mul_(shrink).add_(gradient, -rate);
            }
        }

        public void Dispose()
        {
            _logits?.Dispose();
            foreach (var parameter in _parameters)
            {
                parameter.Dispose();
            }

            _model.Dispose();
            _input.Dispose();
        }

        private (int Classes, int Stride) Sizes(Batch batch)
        {
            int classes = (int)_logits!.numel() / batch.Rows.Length;
            return (classes, Training.Logits.Stride(classes));
        }

        private void Gather(Batch batch)
        {
            var input = _input.Span(batch.Rows.Length);
            for (int j = 0; j < batch.Rows.Length; j++)
            {
                batch.Samples.Copy(batch.Rows[j], input.Slice(j * _features, _features));
            }
        }
    }
}
