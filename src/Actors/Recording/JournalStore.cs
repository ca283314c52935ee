using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FLCrowd.Actors.Recording;

/// <summary>The database that journals are in: a file of one run, or a server that several machines share.</summary>
public sealed class JournalStore
{
    /// <summary>What an SQLite database may consist of, by the ends of file names.</summary>
    private static readonly string[] SqliteFiles = ["", "-wal", "-shm"];

    /// <summary>
    /// How long the database may take for anything, in seconds; games go on meanwhile. A run should not fail because a machine is busy, or
    /// somebody locks a table: that gives up what was played since the last write.
    /// </summary>
    private const int Patience = 60;

    private readonly string _connection;
    private readonly string? _file;

    private JournalStore(string connection, string? file) => (_connection, _file) = (connection, file);

    /// <summary>The file; null where it is a server.</summary>
    public string? FileName => _file;

    /// <summary>Whether other machines can read it.</summary>
    public bool IsShared => _file is null;

    /// <summary>An SQLite file, which is made where it does not exist.</summary>
    public static JournalStore Sqlite(string file) =>
        new(new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file) }.ToString(), file);

    /// <summary>All files that an SQLite database may consist of.</summary>
    public static IEnumerable<string> FilesOf(string file) => SqliteFiles.Select(end => file + end);

    /// <summary>A PostgreSQL database; its tables are made where they do not exist.</summary>
    /// <exception cref="ArgumentException">That is no connection string, or it holds a password, which others would read.</exception>
    public static JournalStore PostgreSql(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        if (string.IsNullOrEmpty(parts.Host))
        {
            throw new ArgumentException("names no Host");
        }

        return string.IsNullOrEmpty(parts.Password)
            ? new JournalStore($"Timeout={Patience};Command Timeout={Patience};{connection}", null)
            : throw new ArgumentException("holds a password, which run.json would show; PGPASSFILE or PGPASSWORD may say it");
    }

    /// <summary>Makes sure that journals can be kept.</summary>
    /// <exception cref="IOException">The database cannot be reached or written.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        try
        {
            if (_file is not null)
            {
                Disk.Step(_file, () => new FileStream(_file, FileMode.OpenOrCreate).Dispose());

                // Once the file is in this mode, it stays in it. A process may die at any moment; a power loss may cost the last episodes.
                await using var file = new SqliteConnection(_connection);
                await file.OpenAsync(cancel);
                await using var mode = file.CreateCommand();
                mode.CommandText = "PRAGMA journal_mode = WAL";
                await mode.ExecuteNonQueryAsync(cancel);
            }
            else
            {
                await using var server = new NpgsqlConnection(_connection);
                await server.OpenAsync(cancel);
            }
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException)
        {
            throw new IOException($"the journal{(_file is null ? "" : $" {_file}")} cannot be kept: {JournalFailed.Cause(e)}", e);
        }
    }

    /// <summary>Looks at all that the journal of a run holds, before anybody goes on with the run.</summary>
    /// <exception cref="IOException">It cannot be reached.</exception>
    public JournalFindings Check(string run) =>
        _file is null ? new ServerRecords(_connection).Check(run) : new FileRecords(_file).Check(run);

    /// <summary>Leaves what a run can go on from, and drops what is damaged or behind it.</summary>
    /// <returns>Where a file is kept as it was; null where it is a server.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string? KeepGood(string run)
    {
        if (_file is not null)
        {
            return new FileRecords(_file).KeepGood(run);
        }

        new ServerRecords(_connection).KeepGood(run);
        return null;
    }

    /// <summary>Adds the store to a system.</summary>
    public void AddTo(AkkaConfigurationBuilder builder)
    {
        var options = _file is not null
            ? new DataOptions().UseConnectionString(ProviderName.SQLiteMS, _connection).UseAfterConnectionOpened(connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA synchronous = NORMAL";
                command.ExecuteNonQuery();
            })
            : new DataOptions().UseConnectionString(ProviderName.PostgreSQL15, _connection);
        builder
            .AddSetup(new DataOptionsSetup(options))
            .AddHocon($$"""
                akka.persistence {
                  journal {
                    plugin = "akka.persistence.journal.sql"
                    sql {
                      circuit-breaker.call-timeout = {{Patience}}s
                      recovery-event-timeout = {{Patience}}s
                      replay-batch-size = 100
                      tag-write-mode = Csv
                    }
                  }
                  snapshot-store {
                    plugin = "akka.persistence.snapshot-store.sql"
                    sql.circuit-breaker.call-timeout = {{Patience}}s
                  }
                }
                """, HoconAddMode.Prepend)
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append);
    }

    /// <summary>Lets go of the file, once the systems that used it have stopped.</summary>
    public void Close()
    {
        if (_file is not null)
        {
            SqliteConnection.ClearAllPools();
        }
    }

    /// <summary>Forgets a run that is over.</summary>
    /// <exception cref="IOException">That failed.</exception>
    public async Task ForgetAsync(string run)
    {
        if (_file is not null)
        {
            foreach (var file in FilesOf(_file))
            {
                Disk.Step(file, () => File.Delete(file));
            }

            return;
        }

        try
        {
            await using var server = new NpgsqlConnection(_connection);
            await server.OpenAsync();
            foreach (var table in StoredTable.All)
            {
                await using var delete = new NpgsqlCommand($"DELETE FROM {table.Name} WHERE starts_with(persistence_id, @run)", server);
                delete.Parameters.AddWithValue("run", JournalName.Of(run, ""));
                await delete.ExecuteNonQueryAsync();
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Nobody kept a checkpoint yet.
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"the journal of the run, which is complete, cannot be deleted: {e.Message}", e);
        }
    }
}
