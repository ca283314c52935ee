using System.Buffers;
using System.Runtime.InteropServices;
using FLCrowd.Actors.Protocol;
using MessagePack;
using MessagePack.Formatters;

namespace FLCrowd.Actors.Serialization;

/// <summary>A model as its length and its floats, little-endian, in one binary block.</summary>
internal sealed class ModelVectorFormatter : IMessagePackFormatter<ModelVector?>
{
    public void Serialize(ref MessagePackWriter writer, ModelVector? value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.Write(MemoryMarshal.AsBytes(value.Span));
    }

    public ModelVector? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.ReadBytes() is not { } bytes)
        {
            return null;
        }

        if (bytes.Length % sizeof(float) != 0)
        {
            throw new MessagePackSerializationException($"a model of {bytes.Length} bytes is not a whole number of floats");
        }

        var values = new float[bytes.Length / sizeof(float)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return ModelVector.Of(values);
    }
}
