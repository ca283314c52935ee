namespace FLCrowd.Model.Training;

/// <summary>What one thread needs to train or test: a network's worker and buffers that grow to the largest batch seen.</summary>
internal sealed class Workspace(INetwork network, int classCount, int mostSamples) : IDisposable
{
    private int[] _rows = [];
    private byte[] _labels = [];
    private float[] _logits = [];

    public INetworkWorker Worker { get; } = network.CreateWorker();

    /// <summary>A client's sample positions, for draws without replacement.</summary>
    public int[] Deck { get; } = new int[mostSamples];

    public Span<int> Rows(int batchSize) => Grown(ref _rows, batchSize);

    public Span<byte> Labels(int batchSize) => Grown(ref _labels, batchSize);

    public Span<float> Logits(int batchSize) => Grown(ref _logits, batchSize * Training.Logits.Stride(classCount));

    public void Dispose() => Worker.Dispose();

    private static Span<T> Grown<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        return buffer.AsSpan(0, length);
    }
}
