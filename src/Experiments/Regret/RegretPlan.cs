using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.Regret;

namespace FLCrowd.Experiments.Regret;

/// <summary>
/// The games that measure deviation gains: every replicate plays the profile, and deviations of one client or of a coalition from it, on
/// the same data, with the same terms and the same draws. All profiles of an experiment share the draws, too.
/// </summary>
internal static class RegretPlan
{
    /// <summary>The profile and the questions, in the replicates from one number to below another, with draws for the purpose
    /// given.</summary>
    /// <param name="profile">The profile's game.</param>
    /// <param name="block">The profile and its mechanism among the experiment's.</param>
    /// <param name="questions">What is played beside the profile.</param>
    /// <param name="from">The first replicate.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="purpose">What the draws are for.</param>
    /// <param name="tried">Which columns tables have for deviations.</param>
    /// <param name="hasProfile">Whether the profile itself is played, too.</param>
    public static IEnumerable<(RegretPlay Play, GameDefinition Game)> Games(
        GameDefinition profile, RegretBlock block, RegretQuestions questions, int from, int to, string purpose = "replicate",
        TriedColumns tried = default, bool hasProfile = true)
    {
        var groups = profile.Crowd.Groups;
        var plays = new List<(Deviation? Deviation, string? Coalition, ClientGroup[] Groups)>();
        if (hasProfile)
        {
            plays.Add((null, null, groups));
        }

        plays.AddRange(questions.Deviations.Select(deviation => (
            (Deviation?)deviation, (string?)null, Deviating(groups, [deviation.Client], _ => Strategy(deviation)))));
        plays.AddRange(questions.Coalitions.Select(coalition => (
            (Deviation?)null, (string?)coalition.Name,
            Deviating(groups, [.. coalition.Members], profile => Strategy(coalition, profile)))));
        for (int replicate = from; replicate < to; replicate++)
        {
            ulong draws = new Seed(profile.Seed).For(purpose, replicate).Value;
            foreach (var (deviation, coalition, players) in plays)
            {
                var play = new RegretPlay(block.Values, replicate, deviation, coalition) { Tried = tried, Deal = block.Deal };
                yield return (play, profile with
                {
                    Episodes = 1,
                    DrawSeed = draws,
                    Swept = play.Values,
                    Crowd = profile.Crowd with { Groups = players },
                    Execution = profile.Execution with { EvaluateEvery = 0 },
                });
            }
        }
    }

    /// <summary>The games, one episode each, as a plan that begins with the number given.</summary>
    public static ExperimentPlan Numbered(string name, IReadOnlyList<string> columns, IEnumerable<GameDefinition> games, int first) =>
        new(name, columns, [.. games.Select((game, index) => game with { Game = first + index, FirstEpisode = first + index })]);

    /// <summary>The groups with the deviators taken out, behind them the deviators of each, who play another strategy.</summary>
    private static ClientGroup[] Deviating(ClientGroup[] groups, HashSet<int> deviators, Func<PluginChoice, PluginChoice> strategy) =>
    [
        .. groups.Select(group => Part(group, client => !deviators.Contains(client)))
            .Concat(groups.Select(group => Part(group, deviators.Contains) with { Strategy = strategy(group.Strategy) }))
            .Where(group => group.Members.Length > 0),
    ];

    private static PluginChoice Strategy(Deviation deviation)
    {
        var options = new Dictionary<string, object>
        {
            ["effort"] = deviation.Effort,
            ["batch-factor"] = deviation.BatchFactor,
            ["gamma"] = deviation.Gamma,
        };
        if (deviation.Report is not null)
        {
            options["report"] = deviation.Report;
        }

        if (deviation.Attendance != 1)
        {
            options["attendance"] = deviation.Attendance;
        }

        return new PluginChoice("fixed", JsonSerializer.Serialize(options), "experiment.regret");
    }

    /// <summary>How a member plays that plays <paramref name="profile"/> otherwise.</summary>
    private static PluginChoice Strategy(Coalition coalition, PluginChoice profile)
    {
        var options = new JsonObject();
        foreach (var (name, value) in ((string, double?)[])[
            ("effort", coalition.Effort), ("batch-factor", coalition.BatchFactor), ("gamma", coalition.Gamma),
            ("attendance", coalition.Attendance)])
        {
            if (value is not null)
            {
                options[name] = value;
            }
        }

        if (coalition is not { Effort: not null, BatchFactor: not null, Gamma: not null })
        {
            var otherwise = JsonNode.Parse(profile.Options)!.AsObject();
            otherwise[StrategyKeys.Strategy] = profile.Name;
            options["otherwise"] = otherwise;
        }

        return new PluginChoice("fixed", JsonSerializer.Serialize(options), "experiment.regret.coalitions");
    }

    private static ClientGroup Part(ClientGroup group, Func<int, bool> isIn) => group with
    {
        Members = Ranges([.. group.Members.SelectMany(range => Enumerable.Range(range.First, range.Count)).Where(isIn).Order()]),
    };

    /// <summary>Clients in ascending order as ranges: within one, index and position grow together.</summary>
    public static ClientRange[] Ranges(IReadOnlyList<int> clients) =>
    [
        .. clients.Index().GroupBy(client => client.Item - client.Index, client => client.Item)
            .Select(range => new ClientRange(range.First(), range.Count())),
    ];
}

/// <summary>Whose deviations are played beside a profile.</summary>
/// <param name="Deviations">Of single clients.</param>
/// <param name="Coalitions">Of several together.</param>
internal sealed record RegretQuestions(IReadOnlyList<Deviation> Deviations, IReadOnlyList<Coalition> Coalitions)
{
    public int Count => Deviations.Count + Coalitions.Count;
}
