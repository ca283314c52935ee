using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FLCrowd.Experiments.Regret;

/// <summary>Clients that play another action together; what is not set of it, each of them plays as the profile has it.</summary>
/// <param name="Name">Its name in tables; not a whole number, as those name single clients.</param>
/// <param name="Members">Who deviates: at least one client, in ascending order.</param>
/// <param name="Effort">e.</param>
/// <param name="BatchFactor">D as a multiple of the assigned D'.</param>
/// <param name="Gamma">gamma.</param>
internal sealed record Coalition(string Name, IReadOnlyList<int> Members, double? Effort, double? BatchFactor, double? Gamma)
{
    /// <summary>The action, as tables show it.</summary>
    public string Action => string.Join(", ", new[] { Effort, BatchFactor, Gamma }.Select(part => part?.ToString(CultureInfo.InvariantCulture) ?? "–"));

    /// <summary>How a member plays that plays <paramref name="profile"/> otherwise.</summary>
    public PluginChoice Strategy(PluginChoice profile)
    {
        var options = new JsonObject();
        foreach (var (name, value) in ((string, double?)[])[("effort", Effort), ("batch-factor", BatchFactor), ("gamma", Gamma)])
        {
            if (value is not null)
            {
                options[name] = value;
            }
        }

        if (options.Count < 3)
        {
            var otherwise = JsonNode.Parse(profile.Options)!.AsObject();
            otherwise[StrategyKeys.Strategy] = profile.Name;
            options["otherwise"] = otherwise;
        }

        return new PluginChoice("fixed", JsonSerializer.Serialize(options), "experiment.regret.coalitions");
    }
}
