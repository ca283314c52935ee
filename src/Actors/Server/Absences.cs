namespace FLCrowd.Actors.Server;

/// <summary>From how many rounds of the episode clients stayed away: the server asked them, and they did not answer.</summary>
internal sealed class Absences
{
    private readonly SortedDictionary<int, int> _rounds = [];

    /// <summary>The clients, in order, once for every round; null: none.</summary>
    public int[]? All => _rounds.Count == 0
        ? null
        : [.. _rounds.SelectMany(entry => Enumerable.Repeat(entry.Key, entry.Value))];

    /// <summary>A client's.</summary>
    public int Of(int client) => _rounds.GetValueOrDefault(client);

    /// <summary>Takes those of a round, or what an earlier process kept.</summary>
    public void Add(IEnumerable<int>? clients)
    {
        foreach (int client in clients ?? [])
        {
            _rounds[client] = Of(client) + 1;
        }
    }
}
