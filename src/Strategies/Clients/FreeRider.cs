namespace FLCrowd.Strategies.Clients;

internal sealed class FreeRider : IClientStrategy
{
    public ClientAction Choose(ClientView view) => new(Effort: 0, BatchSize: 1, Gamma: 0);
}
