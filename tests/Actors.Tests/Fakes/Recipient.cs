using System.Threading.Channels;
using Akka.Actor;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>An actor on a node, whose messages a test reads.</summary>
internal sealed class Recipient
{
    private readonly ActorSystem _home;
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();

    public Recipient(ActorSystem home, string name)
    {
        _home = home;
        Actor = home.ActorOf(Props.Create(() => new Reader(_messages.Writer)), name);
    }

    public IActorRef Actor { get; }

    public async Task<object> NextAsync(string awaited) =>
        await _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Within(awaited);

    /// <summary>The actor as another system sees it.</summary>
    public IActorRef SeenFrom(ActorSystem system) => ((ExtendedActorSystem)system).Provider.ResolveActorRef(
        Actor.Path.ToSerializationFormatWithAddress(((ExtendedActorSystem)_home).Provider.DefaultAddress));

    private sealed class Reader : ReceiveActor
    {
        public Reader(ChannelWriter<object> messages) => ReceiveAny(message => messages.TryWrite(message));
    }
}
