using FLCrowd.Model.Training;

namespace FLCrowd.Model.Kernels;

/// <summary>The input layer for samples most of whose features are not 0: rows are read where they lie, or made of bytes a few at a time.
/// </summary>
/// <param name="inputs">The number of features.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class DenseInputLayer(int inputs, int outputs) : IInputLayer
{
    private const int Tile = 8;

    private static readonly int[] Order = [.. Enumerable.Range(0, Tile)];

    private readonly DenseLayer _layer = new(inputs, outputs);
    private readonly MovedModel _parameters = new(outputs * (inputs + 1));
    private readonly int _stride = Logits.Stride(outputs);
    private float[] _tile = [];

    public int ParameterCount => _layer.ParameterCount;

    public void Load(ReadOnlySpan<float> parameters) => _parameters.Load(parameters);

    public void Restart() => _parameters.Restart();

    public void Save(Span<float> parameters) => _parameters.Current.CopyTo(parameters);

    public void Forward(Batch batch, Span<float> z)
    {
        if (batch.Samples.Rows is { IsEmpty: false } lying)
        {
            _layer.Forward(_parameters.Current, lying, batch.Rows, z);
            return;
        }

        for (int start = 0; start < batch.Rows.Length; start += Tile)
        {
            var rows = batch.Rows.Slice(start, Math.Min(Tile, batch.Rows.Length - start));
            _layer.Forward(_parameters.Current, Made(batch, rows), Order.AsSpan(0, rows.Length), z[(start * _stride)..]);
        }
    }

    public void Backward(Batch batch, ReadOnlySpan<float> slopes, float shrink, float rate)
    {
        var parameters = _parameters.Move();
        if (batch.Samples.Rows is { IsEmpty: false } lying)
        {
            _layer.Backward(parameters, lying, batch.Rows, slopes, shrink, rate);
            return;
        }

        for (int start = 0; start < batch.Rows.Length; start += Tile)
        {
            var rows = batch.Rows.Slice(start, Math.Min(Tile, batch.Rows.Length - start));
            _layer.Backward(
                parameters, Made(batch, rows), Order.AsSpan(0, rows.Length), slopes.Slice(start * _stride, rows.Length * _stride),
                start == 0 ? shrink : 1, rate);
        }
    }

    private ReadOnlySpan<float> Made(Batch batch, ReadOnlySpan<int> rows)
    {
        if (_tile.Length == 0)
        {
            _tile = new float[Tile * inputs];
        }

        for (int k = 0; k < rows.Length; k++)
        {
            batch.Samples.Copy(rows[k], _tile.AsSpan(k * inputs, inputs));
        }

        return _tile;
    }
}
