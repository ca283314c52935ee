using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Clients;

/// <summary>In which episodes one client may revise its action: a function of the settings, the game's seed and the client.</summary>
/// <param name="settings">Order, length of turns, inertia.</param>
/// <param name="seed">The seed of what is drawn in episodes.</param>
/// <param name="client">The client.</param>
/// <param name="clients">How many there are.</param>
public sealed class RevisionSchedule(RevisionSettings settings, Seed seed, int client, int clients)
{
    private readonly Seed _seed = seed.For("revision");
    private (int Sweep, int Place) _drawn = (-1, 0);

    /// <summary>Whether the client chooses in the episode.</summary>
    public bool MayRevise(int episode)
    {
        int turn = episode / settings.Turn;
        return episode == 0 || (HasTurn(turn) && _seed.For("inertia", turn, client).Uniform(0) >= settings.Inertia);
    }

    /// <summary>In how many episodes after the one given the client repeats what it chose there.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="episodes">Episodes of the game.</param>
    public int Repeats(int episode, int episodes)
    {
        int next = episode + 1;
        while (next < episodes && !MayRevise(next))
        {
            next++;
        }

        return next - episode - 1;
    }

    private bool HasTurn(int turn) => settings.Order switch
    {
        RevisionOrder.RoundRobin => turn % clients == client,
        RevisionOrder.Random => turn % clients == PlaceIn(turn / clients),
        _ => true,
    };

    /// <summary>The client's place in the random order of a sweep: the rank of its key among all clients' keys.</summary>
    private int PlaceIn(int sweep)
    {
        if (_drawn.Sweep != sweep)
        {
            ulong own = Key(client);
            int place = Enumerable.Range(0, clients).Count(other => Key(other) is var key && (key < own || (key == own && other < client)));
            _drawn = (sweep, place);
        }

        return _drawn.Place;

        ulong Key(int of) => _seed.For("order", sweep, of).Bits(0);
    }
}
