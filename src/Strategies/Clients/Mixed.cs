using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FLCrowd.Strategies.Clients;

internal sealed class MixedOptions
{
    [MinLength(1, ErrorMessage = "is empty; name at least one strategy")]
    [Description("What is drawn from: a list of { strategy = NAME, weight = 1, ... } with the strategy's own options beside its name.")]
    public IReadOnlyList<JsonObject> Strategies { get; set; } = [];
}

/// <summary>
/// A mixed strategy: draws one of its parts per episode, with probability proportional to the part's weight, and plays it. The
/// part that plays labels, reports and observes the outcome; the parts that do not, notice nothing of the episode.
/// </summary>
internal sealed class Mixed(IReadOnlyList<Mixed.Part> parts) : IClientStrategy, ILabeler, IReporter, IStrategyMemory
{
    private readonly double _totalWeight = parts.Sum(part => part.Weight);
    private IClientStrategy _playing = parts[0].Strategy;

    public static Mixed Create(MixedOptions options, StrategySetup setup)
    {
        var parts = options.Strategies.Select((node, index) => Part.Read(node, $"{setup.Path}.strategies[{index}]", setup)).ToArray();
        return parts.Any(part => part.Weight > 0)
            ? new Mixed(parts)
            : throw new SettingException($"{setup.Path}.strategies", "has weights of 0 only; at least one must be above 0");
    }

    public ClientAction Choose(ClientView view)
    {
        int index = Draw(view.Seed.For("mixed").Uniform(0));
        _playing = parts[index].Strategy;
        return _playing.Choose(view with { Seed = view.Seed.For("mixed part", index) });
    }

    public int Label(in LabelView view) => _playing is ILabeler labeler ? labeler.Label(view) : view.Label;

    public void Report(in ReportView view, Span<float> report) => (_playing as IReporter)?.Report(view, report);

    public void Observe(EpisodeOutcome outcome) => (_playing as IStrategyMemory)?.Observe(outcome);

    public void Save(System.Buffers.IBufferWriter<byte> writer) => PartMemories.Save(Memories, writer);

    public void Load(ReadOnlySpan<byte> memory) => PartMemories.Load(Memories, memory);

    private IEnumerable<IStrategyMemory> Memories => parts.Select(part => part.Strategy).OfType<IStrategyMemory>();

    private int Draw(double uniform)
    {
        double rest = uniform * _totalWeight;
        int drawn = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Weight > 0)
            {
                drawn = i;
                if (rest < parts[i].Weight)
                {
                    break;
                }

                rest -= parts[i].Weight;
            }
        }

        return drawn; // the last one with a weight, where rounding leaves a rest
    }

    internal sealed record Part(IClientStrategy Strategy, double Weight)
    {
        public static Part Read(JsonObject node, string path, StrategySetup setup)
        {
            var own = (JsonObject)node.DeepClone();
            double weight = 1;
            if (own.Remove(StrategyKeys.Weight, out var given)
                && !(double.TryParse($"{given}", CultureInfo.InvariantCulture, out weight) && weight is >= 0 and <= Magnitude.Most))
            {
                throw new SettingException($"{path}.weight", $"is {given?.ToString() ?? "null"}; must be a number of at least 0 and at most {Magnitude.Most}");
            }

            return new Part(setup.Create(PluginChoice.FromObject(own, StrategyKeys.Strategy, path)), weight);
        }
    }
}
