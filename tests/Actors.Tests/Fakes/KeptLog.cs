using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>Keeps what a system logs.</summary>
internal sealed class KeptLog : ReceiveActor
{
    private static readonly ConcurrentDictionary<ActorSystem, ConcurrentQueue<LogEvent>> Kept = [];

    public KeptLog()
    {
        var kept = Kept.GetOrAdd(Context.System, _ => []);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(kept.Enqueue);
    }

    /// <summary>Settings of a system whose log is kept.</summary>
    public static string Hocon(string level) =>
        $"akka {{ loglevel = {level}, loggers = [\"{typeof(KeptLog).FullName}, {typeof(KeptLog).Assembly.GetName().Name}\"] }}";

    public static IReadOnlyCollection<LogEvent> Of(ActorSystem system) => Kept[system];
}
