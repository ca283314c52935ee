using System.Buffers;
using System.Buffers.Binary;

namespace FLCrowd;

/// <summary>The memories of several strategies one after the other, each behind its length (32 bits, little endian).</summary>
internal static class PartMemories
{
    public static void Save(IEnumerable<IStrategyMemory> parts, IBufferWriter<byte> writer)
    {
        foreach (var part in parts)
        {
            var memory = new ArrayBufferWriter<byte>();
            part.Save(memory);
            BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), memory.WrittenCount);
            writer.Advance(sizeof(int));
            writer.Write(memory.WrittenSpan);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not those of as many parts.</exception>
    public static void Load(IEnumerable<IStrategyMemory> parts, ReadOnlySpan<byte> memory)
    {
        foreach (var part in parts)
        {
            if (!BinaryPrimitives.TryReadInt32LittleEndian(memory, out int length) || length < 0 || length > memory.Length - sizeof(int))
            {
                throw Mismatch();
            }

            part.Load(memory.Slice(sizeof(int), length));
            memory = memory[(sizeof(int) + length)..];
        }

        if (!memory.IsEmpty)
        {
            throw Mismatch();
        }
    }

    private static InvalidDataException Mismatch() => new("the memory was not written by the same strategies");
}
