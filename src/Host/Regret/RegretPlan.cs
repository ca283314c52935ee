using System.Text.Json;
using FLCrowd.Actors.Experiments;
using FLCrowd.Host.Configuration;

namespace FLCrowd.Host.Regret;

/// <summary>
/// The games that measure a profile's deviation gains: every replicate plays the profile, and every deviation of one client from it, on
/// the same data, with the same terms and the same draws.
/// </summary>
internal static class RegretPlan
{
    public static ExperimentPlan Of(string name, GameDefinition profile, RegretSettings settings)
    {
        var deviators = settings.Clients ?? [.. profile.Crowd.Groups.Select(group => group.Members[0].First)];
        if (deviators.FirstOrDefault(client => client >= profile.Crowd.Clients, -1) is >= 0 and var stranger)
        {
            throw new SettingException("experiment.regret.clients", $"names client {stranger}; clients are 0 to {profile.Crowd.Clients - 1}");
        }

        Deviation?[] deviations =
        [
            null,
            .. from client in deviators
               from effort in settings.Efforts
               from factor in settings.BatchFactors
               from gamma in settings.Gammas
               select (Deviation?)new Deviation(client, effort, factor, gamma),
        ];
        var games = new List<GameDefinition>();
        for (int replicate = 0; replicate < settings.Replicates; replicate++)
        {
            ulong draws = new Seed(profile.Seed).For("replicate", replicate).Value;
            foreach (var deviation in deviations)
            {
                games.Add(profile with
                {
                    Game = games.Count,
                    Episodes = 1,
                    FirstEpisode = games.Count,
                    DrawSeed = draws,
                    Swept = deviation?.Values ?? ["", "", "", ""],
                    Crowd = deviation is { } played ? profile.Crowd with { Groups = Deviating(profile.Crowd.Groups, played) } : profile.Crowd,
                    Execution = profile.Execution with { EvaluateEvery = 0 },
                });
            }
        }

        return new ExperimentPlan(name, Deviation.Columns, games);
    }

    /// <summary>The groups with one client taken out of its own and playing the deviation.</summary>
    private static ClientGroup[] Deviating(ClientGroup[] groups, Deviation deviation)
    {
        var own = groups.First(group => group.Members.Any(range => Holds(range, deviation.Client)));
        var options = JsonSerializer.Serialize(new Dictionary<string, double>
        {
            ["effort"] = deviation.Effort,
            ["batch-factor"] = deviation.BatchFactor,
            ["gamma"] = deviation.Gamma,
        });
        return
        [
            .. groups.Select(group => group with { Members = [.. group.Members.SelectMany(range => Without(range, deviation.Client))] })
                .Where(group => group.Members.Length > 0),
            own with
            {
                Strategy = new PluginChoice("fixed", options, "experiment.regret"),
                Members = [new ClientRange(deviation.Client, 1)],
            },
        ];
    }

    private static bool Holds(ClientRange range, int client) => client >= range.First && client < range.First + range.Count;

    private static IEnumerable<ClientRange> Without(ClientRange range, int client) => !Holds(range, client)
        ? [range]
        : ((IEnumerable<ClientRange>)[new(range.First, client - range.First), new(client + 1, range.First + range.Count - client - 1)])
            .Where(rest => rest.Count > 0);
}
