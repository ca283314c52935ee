using System.Buffers;
using System.Text;

namespace FLCrowd.Strategies.Clients.Learning;

/// <summary>Writes and reads what a learner remembers: little endian, field by field, in one order.</summary>
internal static class LearnerMemory
{
    public static void Save(IBufferWriter<byte> writer, Action<BinaryWriter> fields)
    {
        using var stream = new MemoryStream();
        using (var binary = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            fields(binary);
        }

        writer.Write(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <exception cref="InvalidDataException">The bytes are not those of such a learner.</exception>
    public static void Load(ReadOnlySpan<byte> memory, Action<BinaryReader> fields)
    {
        using var stream = new MemoryStream(memory.ToArray(), writable: false);
        using var binary = new BinaryReader(stream);
        try
        {
            fields(binary);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("the memory is too short: it was not written by this strategy", e);
        }

        if (stream.Position != stream.Length)
        {
            throw new InvalidDataException("the memory is too long: it was not written by this strategy");
        }
    }

    public static void Write(this BinaryWriter writer, Behavior behavior)
    {
        writer.Write(behavior.Effort);
        writer.Write(behavior.BatchFactor);
        writer.Write(behavior.Gamma);
    }

    public static Behavior ReadBehavior(this BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    public static void WriteOptional(this BinaryWriter writer, Behavior? behavior)
    {
        writer.Write(behavior is not null);
        writer.Write(behavior ?? default);
    }

    public static Behavior? ReadOptionalBehavior(this BinaryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        var behavior = reader.ReadBehavior();
        return isThere ? behavior : null;
    }

    public static void Write(this BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        Array.ForEach(values, writer.Write);
    }

    public static double[] ReadDoubles(this BinaryReader reader)
    {
        var values = new double[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return values;
    }
}
