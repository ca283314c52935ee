namespace FLCrowd.Strategies.Clients;

internal sealed class Truthful : IClientStrategy
{
    public ClientAction Choose(ClientView view) => view.Assignment.AsAction;
}
