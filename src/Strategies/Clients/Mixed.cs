using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FLCrowd.Strategies.Clients;

internal sealed class MixedOptions
{
    private IReadOnlyList<MixedPart>? _parts;

    [MinLength(1, ErrorMessage = "is empty; name at least one strategy")]
    [Description("What is drawn from: a list of { strategy = NAME, weight = 1, ... } with the strategy's own options beside its name.")]
    public IReadOnlyList<JsonObject> Strategies { get; set; } = [];

    /// <summary>The parts, read once for all clients of the entry.</summary>
    /// <exception cref="SettingException">A part has no name, or a weight that is none; or no part can be drawn.</exception>
    public IReadOnlyList<MixedPart> PartsAt(string path)
    {
        if (_parts is null)
        {
            MixedPart[] parts = [.. Strategies.Select((node, index) => MixedPart.Read(node, $"{path}.strategies[{index}]"))];
            _parts = parts.Any(part => part.Weight > 0)
                ? parts
                : throw new SettingException($"{path}.strategies", "has weights of 0 only; at least one must be above 0");
        }

        return _parts;
    }
}

/// <summary>A strategy and how often it is drawn.</summary>
internal sealed record MixedPart(PluginChoice Strategy, double Weight)
{
    public static MixedPart Read(JsonObject node, string path)
    {
        var own = (JsonObject)node.DeepClone();
        double weight = 1;
        if (own.Remove(StrategyKeys.Weight, out var given)
            && !(double.TryParse($"{given}", CultureInfo.InvariantCulture, out weight) && weight is >= 0 and <= Magnitude.Most))
        {
            throw new SettingException(
                $"{path}.weight", $"is {given?.ToString() ?? "null"}; must be a number of at least 0 and at most {Magnitude.Most}");
        }

        return new MixedPart(PluginChoice.FromObject(own, StrategyKeys.Strategy, path), weight);
    }
}

/// <summary>
/// A mixed strategy: draws one of its parts per episode, with probability proportional to the part's weight, and plays it. The
/// part that plays labels, reports and observes the outcome; the parts that do not, notice nothing of the episode.
/// </summary>
internal sealed class Mixed(IReadOnlyList<MixedPart> parts, IReadOnlyList<IClientStrategy> strategies) : StrategyWrapper(strategies)
{
    private readonly double _totalWeight = parts.Sum(part => part.Weight);

    public static Mixed Create(MixedOptions options, StrategySetup setup)
    {
        var parts = options.PartsAt(setup.Path);
        return new Mixed(parts, [.. parts.Select(part => setup.Create(part.Strategy))]);
    }

    public override ClientAction Choose(ClientView view)
    {
        var own = Draw(view);
        return Playing.Choose(own);
    }

    public override Task PrepareChoice(ClientView view) => base.PrepareChoice(Draw(view));

    /// <summary>Draws who plays, and makes what it sees.</summary>
    private ClientView Draw(ClientView view)
    {
        int index = Draw(view.Seed.For("mixed").Uniform(0));
        Playing = Parts[index];
        return view with { Seed = view.Seed.For("mixed part", index) };
    }

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
}
