using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>A network on its fast path: the parameters of its definition, the passes of a worker written for it.</summary>
internal sealed class SimdNetwork(INetwork definition, Func<INetworkWorker> createWorker) : INetwork
{
    public int ParameterCount => definition.ParameterCount;

    public void Initialise(Seed seed, Span<float> model) => definition.Initialise(seed, model);

    public INetworkWorker CreateWorker() => createWorker();
}
