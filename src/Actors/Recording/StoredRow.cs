using System.Data.Common;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Serialization;
using MessagePack;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// A row of one of the tables that Akka.Persistence.Sql keeps records and snapshots in, as it stands there: it may be damaged.
/// </summary>
internal sealed class StoredRow
{
    private static readonly MessagePackSerializerOptions Format =
        MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    private StoredRow(StoredTable table, object[] values) => (Table, Values) = (table, values);

    public StoredTable Table { get; }

    /// <summary>By <see cref="StoredTable.Columns"/>.</summary>
    public IReadOnlyList<object> Values { get; }

    /// <summary>The journal that it is said to belong to.</summary>
    public string Journal => this["persistence_id"] as string ?? "";

    /// <summary>The place that it is said to have there.</summary>
    public long Number => this["sequence_number"] is long number ? number : -1;

    /// <summary>The record in it, which need not be intact; null where it cannot be read.</summary>
    public SealedRecord? Record
    {
        get
        {
            try
            {
                return this[Table.Content] is byte[] bytes ? MessagePackSerializer.Deserialize<SealedRecord>(bytes, Format) : null;
            }
            catch (MessagePackSerializationException)
            {
                return null;
            }
        }
    }

    /// <summary>Whether Akka.Persistence finds it, and reads it as what it is.</summary>
    public bool IsReadable =>
        this["manifest"] is ProtocolSerializer.SealManifest
        && this[Table.Serializer] is ProtocolSerializer.Id or (long)ProtocolSerializer.Id
        && this["created"] is long created && created >= 0 && created <= DateTime.MaxValue.Ticks
        && (Table != StoredTable.Journal || this["deleted"] is false or 0L);

    private object this[string column] => Values[Table.Columns.IndexOf(column)];

    /// <summary>The row that a reader is at.</summary>
    public static StoredRow Read(StoredTable table, DbDataReader reader)
    {
        var values = new object[table.Columns.Count];
        reader.GetValues(values);
        return new StoredRow(table, values);
    }
}
