using FLCrowd.Actors.Definitions;

namespace FLCrowd.Experiments.Games;

/// <summary>
/// Which clients of a game differ in what the configuration, and the game's seed, say of them: aggregation weight, number of samples, skill
/// in labeling, and when they take part and are heard. Which samples they hold, and who answered for them, may differ all the same.
/// </summary>
internal static class ClientKinds
{
    /// <summary>A number for each client, equal for those that do not differ, in the order in which kinds come up.</summary>
    public static int[] Of(GameDefinition game)
    {
        var weights = new double[game.Crowd.Clients];
        foreach (var (range, weight) in game.Crowd.Groups.SelectMany(group => group.Members, (group, range) => (range, group.Weight)))
        {
            weights.AsSpan(range.First, range.Count).Fill(weight);
        }

        var participation = game.Learning.Participation;
        var rounds = participation?.Schedule?.ToLookup(entry => entry.Client, entry => (entry.From, entry.To));
        double[] dropOut = participation?.DropOut ?? [];
        var numbers = new Dictionary<(double, int, double, double, string), int>();
        return [.. weights.Select((weight, client) =>
        {
            var kind = (
                weight,
                game.Learning.Partition.CountOf(client),
                game.Learning.Labels?.SkillOf(client) ?? 1,
                dropOut.Length > 1 ? dropOut[client] : 0,
                rounds?.Contains(client) is true ? string.Join(' ', rounds[client]) : "");
            return numbers.TryGetValue(kind, out int known) ? known : numbers[kind] = numbers.Count;
        })];
    }
}
