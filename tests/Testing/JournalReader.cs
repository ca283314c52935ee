using System.Data.Common;
using FLCrowd.Actors.Protocol;
using MessagePack;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FLCrowd.Testing;

/// <summary>The journal of a run, read while the run goes on or after it was killed.</summary>
/// <param name="connect">Connects to its database; null where there is none yet.</param>
public sealed class JournalReader(Func<DbConnection?> connect)
{
    /// <summary>The numbers of the episodes in it, in the order in which they ended.</summary>
    public IReadOnlyList<int> Episodes =>
    [
        .. Read("SELECT message FROM journal WHERE persistence_id LIKE '%/episodes-%' ORDER BY ordering", Record)
            .SelectMany(record => record.Episodes),
    ];

    /// <summary>The episode and the round of every game's last checkpoint.</summary>
    public IReadOnlyList<(int Episode, int Round)> Checkpoints => Read("SELECT snapshot FROM snapshot", blob =>
    {
        var reader = new MessagePackReader(Record(blob).Content);
        reader.ReadArrayHeader();
        return (reader.ReadInt32(), reader.ReadInt32());
    });

    /// <summary>Whether the games are in it.</summary>
    public bool HasPlan => Read("SELECT message FROM journal WHERE persistence_id LIKE '%/plan'", _ => true).Count > 0;

    /// <summary>The journal in a file, which is not waited for long: whoever has locked it may have been stopped.</summary>
    public static JournalReader Sqlite(string path) =>
        new(() => File.Exists(path) ? new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False;Default Timeout=1") : null);

    private static SealedRecord Record(byte[] blob) => MessagePackSerializer.Deserialize<SealedRecord>(blob);

    private List<T> Read<T>(string query, Func<byte[], T> row)
    {
        var rows = new List<T>();
        using var connection = connect();
        if (connection is null)
        {
            return rows;
        }

        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(row(reader.GetFieldValue<byte[]>(0)));
            }
        }
        catch (Exception e) when (e is SqliteException or PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            // It is being made, or deleted.
        }

        return rows;
    }
}
