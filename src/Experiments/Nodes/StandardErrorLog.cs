using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace FLCrowd.Experiments.Nodes;

/// <summary>
/// One line per warning or error, on standard error: standard output is for results. What Akka.NET itself warns of, late heartbeats or a
/// coordinator that moves, is a cluster's daily life, and the program says in its own words what matters of it: shown with
/// <c>cluster.akka.loglevel = INFO</c> or DEBUG. Akka.NET's errors of one kind are a line every few seconds: whoever reaches a node's port
/// may cause any number of them.
/// </summary>
internal sealed class StandardErrorLog : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly RepeatedLines _repeated = new(TimeProvider.System);

    public StandardErrorLog()
    {
        var level = Logging.LogLevelFor(Context.System.Settings.LogLevel);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(log => IsShown(log, level), log =>
        {
            if ((IsOurs(log) ? Line(log) : _repeated.Pass((log.LogClass, log.Cause?.GetType()), Line(log))) is { } line)
            {
                Console.Error.WriteLine(line);
            }
        });
    }

    /// <param name="log">A warning, or whatever else.</param>
    /// <param name="level">What the system logs.</param>
    public static bool IsShown(LogEvent log, LogLevel level) => level < LogLevel.WarningLevel || log.LogLevel() switch
    {
        LogLevel.ErrorLevel => true,
        LogLevel.WarningLevel => IsOurs(log),
        _ => false,
    };

    public static string Line(LogEvent log)
    {
        string kind = log.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant();
        string source = IsOurs(log) ? "" : $"{log.LogSource}: ";
        string cause = log.Cause is { } exception ? $": {exception.GetType().Name}: {exception.Message}" : "";
        return $"{kind}: {source}{log.Message}{cause}".ReplaceLineEndings(" ");
    }

    protected override void PostStop()
    {
        foreach (var line in _repeated.Rest())
        {
            Console.Error.WriteLine(line);
        }
    }

    private static bool IsOurs(LogEvent log) => log.LogClass?.Namespace?.StartsWith(nameof(FLCrowd), StringComparison.Ordinal) == true;
}
