using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Keeps what a system logs.</summary>
internal sealed class KeptLog : ReceiveActor
{
    private static readonly ConcurrentDictionary<ActorSystem, IActorRef> Loggers = [];

    private readonly List<LogEvent> _kept = [];

    public KeptLog()
    {
        Loggers[Context.System] = Self;
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(_kept.Add);
        Receive<Read>(_ => Sender.Tell(_kept.ToArray()));
    }

    /// <summary>Settings of a system whose log is kept.</summary>
    public static string Hocon(string level) =>
        $"akka {{ loglevel = {level}, loggers = [\"{typeof(KeptLog).FullName}, {typeof(KeptLog).Assembly.GetName().Name}\"] }}";

    /// <summary>All that was logged before this call: the question waits in the logger's mailbox behind it.</summary>
    public static Task<LogEvent[]> OfAsync(ActorSystem system) =>
        Loggers[system].Ask<LogEvent[]>(new Read(), TestContext.Current.CancellationToken).Within("what was logged");

    private sealed record Read;
}
