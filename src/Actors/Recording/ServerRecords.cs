using Npgsql;

namespace FLCrowd.Actors.Recording;

/// <summary>The records of runs in a PostgreSQL database, read as they stand there.</summary>
/// <param name="connection">How the database is reached.</param>
internal sealed class ServerRecords(string connection)
{
    /// <inheritdoc cref="JournalStore.Check"/>
    public JournalFindings Check(string run)
    {
        try
        {
            using var server = NpgsqlDataSource.Create(connection);
            var audit = new JournalAudit(run);
            foreach (var table in StoredTable.All)
            {
                foreach (var row in Rows(server, table, run))
                {
                    audit.Accept(row);
                }
            }

            return audit.Findings;
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"the journal cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="JournalStore.KeepGood"/>
    public void KeepGood(string run)
    {
        try
        {
            using var server = NpgsqlDataSource.Create(connection);
            var audit = new JournalAudit(run);
            foreach (var table in StoredTable.All)
            {
                foreach (var row in Rows(server, table, run).Where(row => !audit.Accept(row)).ToList())
                {
                    using var delete = server.CreateCommand(
                        $"DELETE FROM {table.Name} WHERE persistence_id = $1 AND sequence_number = $2");
                    delete.Parameters.Add(new NpgsqlParameter { Value = row.Journal });
                    delete.Parameters.Add(new NpgsqlParameter { Value = row.Number });
                    delete.ExecuteNonQuery();
                }
            }
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"the journal cannot be mended: {e.Message}", e);
        }
    }

    private static IEnumerable<StoredRow> Rows(NpgsqlDataSource server, StoredTable table, string run)
    {
        using var exists = server.CreateCommand("SELECT to_regclass($1) IS NOT NULL");
        exists.Parameters.Add(new NpgsqlParameter { Value = table.Name });
        if (exists.ExecuteScalar() is not true)
        {
            yield break;
        }

        foreach (var selection in table.Selections)
        {
            using var select = server.CreateCommand(
                $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name} WHERE starts_with(persistence_id, $1) AND {selection}");
            select.Parameters.Add(new NpgsqlParameter { Value = JournalName.Of(run, "") });
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                yield return StoredRow.Read(table, reader);
            }
        }
    }
}
