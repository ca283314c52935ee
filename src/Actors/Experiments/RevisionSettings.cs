using MessagePack;

namespace FLCrowd.Actors.Experiments;

/// <summary>When which client may revise what it does.</summary>
[MessagePackObject]
public sealed record RevisionSettings(
    [property: Key(0)] RevisionOrder Order = RevisionOrder.Simultaneous,
    [property: Key(1)] int Turn = 1,
    [property: Key(2)] double Inertia = 0)
{
    public bool MayRevise(Seed seed, int episode, int client, int clients)
    {
        int turn = episode / Turn;
        bool its = Order switch
        {
            RevisionOrder.RoundRobin => turn % clients == client,
            RevisionOrder.Random => seed.For("revision", turn).Index(clients, 0) == client,
            _ => true,
        };
        return its && (Inertia == 0 || seed.For("inertia", turn, client).Uniform(0) >= Inertia);
    }
}

public enum RevisionOrder
{
    Simultaneous,
    RoundRobin,
    Random,
}
