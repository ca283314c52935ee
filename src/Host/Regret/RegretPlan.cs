using System.Text.Json;
using FLCrowd.Actors.Experiments;

namespace FLCrowd.Host.Regret;

/// <summary>
/// The games that measure deviation gains: every replicate plays the profile, and deviations of one client from it, on the same data,
/// with the same terms and the same draws. All profiles of an experiment share the draws, too.
/// </summary>
internal static class RegretPlan
{
    /// <summary>The profile and the deviations, in the replicates from one number to below another, with draws for the purpose given.</summary>
    public static IEnumerable<GameDefinition> Games(
        GameDefinition profile, RegretBlock block, IReadOnlyCollection<Deviation> deviations, int from, int to, string purpose = "replicate")
    {
        for (int replicate = from; replicate < to; replicate++)
        {
            ulong draws = new Seed(profile.Seed).For(purpose, replicate).Value;
            foreach (var deviation in deviations.Select(deviation => (Deviation?)deviation).Prepend(null))
            {
                yield return profile with
                {
                    Episodes = 1,
                    DrawSeed = draws,
                    Swept = new RegretPlay(block.Values, replicate, deviation).Values,
                    Crowd = deviation is { } played ? profile.Crowd with { Groups = Deviating(profile.Crowd.Groups, played) } : profile.Crowd,
                    Execution = profile.Execution with { EvaluateEvery = 0 },
                };
            }
        }
    }

    /// <summary>The games, one episode each, as a plan that begins with the number given.</summary>
    public static ExperimentPlan Numbered(string name, IReadOnlyList<string> columns, IEnumerable<GameDefinition> games, int first) =>
        new(name, columns, [.. games.Select((game, index) => game with { Game = first + index, FirstEpisode = first + index })]);

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
