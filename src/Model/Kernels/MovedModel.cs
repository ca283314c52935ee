namespace FLCrowd.Model.Kernels;

/// <summary>Parameters that steps move away from those that were loaded.</summary>
internal sealed class MovedModel(int length)
{
    private readonly float[] _loaded = new float[length];
    private readonly float[] _moved = new float[length];
    private bool _hasMoved;

    /// <summary>The parameters as they are.</summary>
    public ReadOnlySpan<float> Current => _hasMoved ? _moved : _loaded;

    public void Load(ReadOnlySpan<float> parameters)
    {
        parameters.CopyTo(_loaded);
        _hasMoved = false;
    }

    /// <summary>Goes back to what was loaded.</summary>
    public void Restart() => _hasMoved = false;

    /// <summary>The parameters, to be changed.</summary>
    public Span<float> Move()
    {
        if (!_hasMoved)
        {
            _loaded.CopyTo(_moved);
            _hasMoved = true;
        }

        return _moved;
    }
}
