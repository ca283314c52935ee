namespace FLCrowd.Actors.Recording;

/// <summary>A table of Akka.Persistence.Sql.</summary>
internal sealed class StoredTable
{
    private const string Plan = $"(persistence_id LIKE '%/{JournalName.Plan}')";

    /// <summary>The plan, and the episodes.</summary>
    public static readonly StoredTable Journal = new()
    {
        Name = "journal",
        Content = "message",
        Serializer = "identifier",
        Columns =
        [
            "ordering", "created", "deleted", "persistence_id", "sequence_number", "message", "tags", "manifest", "identifier",
            "writer_uuid",
        ],
        Selections = [$"{Plan} ORDER BY ordering", $"{Plan} IS NOT TRUE ORDER BY ordering"],
        Definition = """
            CREATE TABLE journal (
                ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, created INTEGER NOT NULL, deleted Bit NOT NULL,
                persistence_id NVarChar(255) NOT NULL, sequence_number INTEGER NOT NULL, message VarBinary NOT NULL,
                tags NVarChar(100) NULL, manifest NVarChar(500) NULL, identifier INTEGER NULL, writer_uuid NVarChar(128) NULL)
            """,
    };

    /// <summary>Checkpoints.</summary>
    public static readonly StoredTable Snapshots = new()
    {
        Name = "snapshot",
        Content = "snapshot",
        Serializer = "serializer_id",
        Columns = ["persistence_id", "sequence_number", "created", "snapshot", "manifest", "serializer_id"],
        Definition = """
            CREATE TABLE snapshot (
                persistence_id NVarChar(255) NOT NULL, sequence_number INTEGER NOT NULL, created INTEGER NOT NULL, snapshot VarBinary NULL,
                manifest NVarChar(500) NULL, serializer_id INTEGER NULL, PRIMARY KEY (persistence_id, sequence_number))
            """,
    };

    public static readonly IReadOnlyList<StoredTable> All = [Journal, Snapshots];

    public required string Name { get; init; }

    public required List<string> Columns { get; init; }

    /// <summary>The column of the record itself.</summary>
    public required string Content { get; init; }

    /// <summary>The column of what wrote it.</summary>
    public required string Serializer { get; init; }

    /// <summary>
    /// Conditions that select all rows, one after the other: plans before what was played under them, each in the order of writing.
    /// </summary>
    public IReadOnlyList<string> Selections { get; init; } = ["1 = 1"];

    /// <summary>As Akka.Persistence.Sql makes it in SQLite.</summary>
    public required string Definition { get; init; }
}
