using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Analysis.EmpiricalGames;

namespace FLCrowd.Experiments.Population;

/// <summary>
/// The games of a population experiment: every profile in every replicate. Clients differ (in their data, at least), so who plays what is
/// drawn by lot: in each replicate clients stand in a random order, the same in all profiles, and the first k_1 of them play the first
/// strategy, the next k_2 the second one, and so on. What a strategy is paid is then an expectation over roles, as in a symmetric game, and
/// profiles in which one client more plays a strategy and one less its neighbour differ in that client alone.
/// </summary>
internal static class PopulationPlan
{
    /// <summary>The strategy of every client, in client order.</summary>
    /// <param name="seed">The game's seed.</param>
    /// <param name="draw">The draw of that seed, from 0.</param>
    /// <param name="counts">How many play each strategy.</param>
    public static int[] Roles(ulong seed, int draw, IReadOnlyList<int> counts)
    {
        int clients = counts.Sum();
        var lots = new Seed(seed).For("role", draw);
        int[] order = [.. Enumerable.Range(0, clients).OrderBy(lots.Bits)];
        var roles = new int[clients];
        int next = 0;
        for (int strategy = 0; strategy < counts.Count; strategy++)
        {
            for (int member = 0; member < counts[strategy]; member++)
            {
                roles[order[next++]] = strategy;
            }
        }

        return roles;
    }

    /// <summary>Every profile of one replicate's game.</summary>
    /// <param name="replicate">The game as configured.</param>
    /// <param name="draw">Which draw of its seed it is.</param>
    /// <param name="strategies">The strategies.</param>
    /// <param name="counts">How many play each.</param>
    public static GameDefinition Game(GameDefinition replicate, int draw, IReadOnlyList<PluginChoice> strategies, int[] counts)
    {
        var roles = Roles(replicate.Seed, draw, counts);
        return replicate with
        {
            Crowd = replicate.Crowd with
            {
                Groups = [.. strategies
                    .Select((strategy, index) => new ClientGroup(strategy, [.. Ranges(roles, index)], null, null, 1))
                    .Where(group => group.Members.Length > 0)],
            },
            Swept = [.. replicate.Swept, Compositions.Text(counts), draw.ToString(CultureInfo.InvariantCulture)],
            Execution = replicate.Execution with { EvaluateEvery = 0 },
        };
    }

    /// <summary>Numbers games and episodes from 0.</summary>
    public static IReadOnlyList<GameDefinition> Numbered(IEnumerable<GameDefinition> games)
    {
        var numbered = new List<GameDefinition>();
        int episode = 0;
        foreach (var game in games)
        {
            numbered.Add(game with { Game = numbered.Count, FirstEpisode = episode });
            episode += game.Episodes;
        }

        return numbered;
    }

    private static IEnumerable<ClientRange> Ranges(int[] roles, int strategy)
    {
        for (int first = 0, end; first < roles.Length; first = end)
        {
            for (end = first; end < roles.Length && roles[end] == roles[first]; end++)
            {
            }

            if (roles[first] == strategy)
            {
                yield return new ClientRange(first, end - first);
            }
        }
    }
}
