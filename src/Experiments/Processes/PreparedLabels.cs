using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>What a process answered for the samples of a client.</summary>
/// <param name="views">What it was asked.</param>
/// <param name="answer">What it answers.</param>
internal sealed class PreparedLabels(IReadOnlyList<LabelView> views, Task<JsonElement> answer)
{
    private Dictionary<LabelView, int>? _labels;

    public Task<JsonElement> Answer => answer;

    /// <summary>The label of a sample; null where nobody asked for that.</summary>
    public int? Of(LabelView view)
    {
        _labels ??= views.Zip(Wire.List(Wire.Wait(answer), "labels", views.Count))
            .ToDictionary(pair => pair.First, pair => Wire.WholeOf(pair.Second, "a label"));
        return _labels.TryGetValue(view, out int label) ? label : null;
    }
}
