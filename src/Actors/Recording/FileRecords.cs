using Microsoft.Data.Sqlite;

namespace FLCrowd.Actors.Recording;

/// <summary>The records of a run in an SQLite file, read as they stand there; the file itself may be damaged.</summary>
/// <param name="file">The file.</param>
internal sealed class FileRecords(string file)
{
    /// <summary>What is beside the file as long as not all of it is in there.</summary>
    private static readonly string[] Companions = ["-wal", "-shm"];

    /// <summary>How the file as it was is kept.</summary>
    private const string SetAside = ".damaged";

    /// <summary>... and the new one is called as long as it is not whole.</summary>
    private const string Draft = ".new";

    /// <inheritdoc cref="JournalStore.Check"/>
    public JournalFindings Check(string run)
    {
        var audit = new JournalAudit(run);
        foreach (var _ in Good(audit))
        {
            // What counts is in the audit.
        }

        return audit.Findings;
    }

    /// <inheritdoc cref="JournalStore.KeepGood"/>
    public string KeepGood(string run)
    {
        var draft = file + Draft;
        File.Delete(draft);
        try
        {
            using var target = Open(draft, SqliteOpenMode.ReadWriteCreate);
            using var transaction = target.BeginTransaction();
            foreach (var table in StoredTable.All)
            {
                Execute(target, table.Definition);
            }

            foreach (var row in Good(new JournalAudit(run)))
            {
                Insert(target, row);
            }

            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw new IOException($"the journal cannot be mended: {e.Message}", e);
        }

        // The log first: it must not be taken for that of the new file.
        var aside = Unused(file + SetAside);
        foreach (var end in ((string[])[.. Companions, ""]).Where(end => File.Exists(file + end)))
        {
            File.Move(file + end, aside + end);
        }

        File.Move(draft, file);
        return aside;
    }

    private static string Unused(string path) =>
        Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? path : $"{path}-{number}")
            .First(candidate => !File.Exists(candidate));

    /// <summary>The rows that count. That the file, or a part of it, cannot be read is a finding.</summary>
    private IEnumerable<StoredRow> Good(JournalAudit audit)
    {
        if (!File.Exists(file))
        {
            yield break;
        }

        using var source = Open(file, SqliteOpenMode.ReadOnly);
        foreach (var table in StoredTable.All)
        {
            using var rows = Rows(source, table).GetEnumerator();
            while (Guarded(audit, rows.MoveNext))
            {
                if (audit.Accept(rows.Current))
                {
                    yield return rows.Current;
                }
            }
        }

        // Last, since it says less about what is lost.
        Guarded(
            audit,
            () => Scalar(source, "PRAGMA integrity_check(1)") is string result and not "ok"
                ? throw new InvalidDataException(result)
                : true);
    }

    private static bool Guarded(JournalAudit audit, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            audit.AddUnreadable(e.Message.ReplaceLineEndings(" "));
            return false;
        }
    }

    /// <summary>All rows of a table, not by any index: that may be damaged, too.</summary>
    private static IEnumerable<StoredRow> Rows(SqliteConnection source, StoredTable table)
    {
        if (Scalar(source, $"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{table.Name}'") is null)
        {
            yield break;
        }

        foreach (var selection in table.Selections)
        {
            using var select = source.CreateCommand();
            select.CommandText = $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name} NOT INDEXED WHERE {selection}";
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                yield return StoredRow.Read(table, reader);
            }
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new IOException($"{path} cannot be opened: {e.Message}", e);
        }
    }

    private static object? Scalar(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection target, StoredRow row)
    {
        using var insert = target.CreateCommand();
        insert.CommandText = $"INSERT INTO {row.Table.Name} ({string.Join(", ", row.Table.Columns)}) "
            + $"VALUES ({string.Join(", ", row.Table.Columns.Select(column => $"@{column}"))})";
        foreach (var (column, value) in row.Table.Columns.Zip(row.Values))
        {
            insert.Parameters.AddWithValue($"@{column}", value);
        }

        insert.ExecuteNonQuery();
    }
}
