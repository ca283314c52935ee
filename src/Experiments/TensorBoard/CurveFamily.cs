using FLCrowd.Actors.Recording;

namespace FLCrowd.Experiments.TensorBoard;

/// <summary>Curves that share their steps: to TensorBoard, one run with several tags.</summary>
/// <param name="tags">The tags.</param>
internal sealed class CurveFamily(params IReadOnlyList<string> tags)
{
    // As TensorBoard has them; millions of them are in memory at once.
    private readonly List<long> _steps = [];
    private readonly List<float> _values = [];

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step, above those before.</param>
    /// <param name="values">By tag; NaN: there is none.</param>
    public void Add(long step, params ReadOnlySpan<double> values)
    {
        _steps.Add(step);
        foreach (double value in values)
        {
            _values.Add((float)value);
        }
    }

    /// <summary>Writes the file, where there is something to write.</summary>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public void Write(string folder)
    {
        if (_values.Exists(value => !float.IsNaN(value)))
        {
            EventFile.Write(folder, _steps.Select((step, index) => (step, ValuesAt(index))).Where(point => point.Item2.Count > 0));
        }
    }

    private IReadOnlyList<(string Tag, float Value)> ValuesAt(int index) =>
    [
        .. tags.Select((tag, at) => (tag, _values[index * tags.Count + at])).Where(value => !float.IsNaN(value.Item2)),
    ];
}
