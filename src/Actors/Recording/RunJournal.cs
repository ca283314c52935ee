using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Persistence.Sql;
using FLCrowd.Actors.Protocol;
using Microsoft.Data.Sqlite;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// The journal of one run: its plan and every episode that was played to its end. Whoever goes on with the run reads it first, and
/// plays what is missing.
/// </summary>
/// <param name="run">The run's id; no two runs share one.</param>
public sealed class RunJournal(string run)
{
    /// <summary>Keeps the journals of a system's runs in an SQLite file, which is made where it does not exist.</summary>
    public static AkkaConfigurationBuilder WithSqlite(AkkaConfigurationBuilder builder, string file)
    {
        // Connections are not kept open behind the run: the file can be deleted.
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Pooling = false }.ToString();
        return builder
            .AddHocon(ConfigurationFactory.ParseString($$"""
                akka.persistence {
                  journal {
                    plugin = "akka.persistence.journal.sql"
                    sql {
                      connection-string = {{Quoted(connection)}}
                      provider-name = "SQLite.MS"
                      auto-initialize = on
                    }
                  }
                }
                """), HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    /// <summary>The plan that was journalled; null where the run did not get as far.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    public Task<RunPlanned?> PlanAsync(ActorSystem system) => AskAsync(system, null);

    /// <summary>Journals the plan; to be called once in a run's life.</summary>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public Task KeepAsync(ActorSystem system, RunPlanned plan) => AskAsync(system, plan);

    /// <summary>The journal of the episodes of a plan: a run of several stages has one for each.</summary>
    internal Props Episodes(int firstEpisode) => Props.Create(() => new EpisodeJournal($"{run}-episodes-{firstEpisode}"));

    private Task<RunPlanned?> AskAsync(ActorSystem system, RunPlanned? plan)
    {
        var done = new TaskCompletionSource<RunPlanned?>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new PlanJournal($"{run}-plan", plan, done)));
        return done.Task;
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
