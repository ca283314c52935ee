using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace FLCrowd.Host.Running;

/// <summary>
/// One line per warning or error, on standard error: standard output is for results. What Akka.NET itself warns of, late heartbeats or a coordinator that
/// moves, is a cluster's daily life, and the program says in its own words what matters of it: shown with <c>cluster.akka.loglevel = INFO</c> or DEBUG.
/// </summary>
internal sealed class StandardErrorLog : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    public StandardErrorLog()
    {
        var level = Logging.LogLevelFor(Context.System.Settings.LogLevel);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(log => IsShown(log, level), log => Console.Error.WriteLine(Line(log)));
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

    private static bool IsOurs(LogEvent log) => log.LogClass?.Namespace?.StartsWith(nameof(FLCrowd), StringComparison.Ordinal) == true;
}
