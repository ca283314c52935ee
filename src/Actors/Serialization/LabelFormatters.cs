using MessagePack;
using MessagePack.Formatters;

namespace FLCrowd.Actors.Serialization;

/// <summary>An array of the values.</summary>
internal sealed class ValueListFormatter<T> : IMessagePackFormatter<ValueList<T>?>
    where T : IEquatable<T>
{
    public void Serialize(ref MessagePackWriter writer, ValueList<T>? value, MessagePackSerializerOptions options) =>
        options.Resolver.GetFormatterWithVerify<T[]?>().Serialize(ref writer, value is null ? null : [.. value], options);

    public ValueList<T>? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        options.Resolver.GetFormatterWithVerify<T[]?>().Deserialize(ref reader, options) is { } values ? new ValueList<T>(values) : null;
}

internal sealed class AnnotatorSettingsFormatter() : ArrayFormatter<AnnotatorSettings>(6, optional: true)
{
    protected override void Write(ref MessagePackWriter writer, AnnotatorSettings value, MessagePackSerializerOptions options)
    {
        writer.Write(value.File);
        writer.Write(value.Sha256);
        writer.Write(value.Sample);
        writer.Write(value.Worker);
        writer.Write(value.Answer);
        writer.Write(value.WorkersPerClient);
    }

    protected override AnnotatorSettings Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => new()
    {
        File = reader.ReadString() ?? "",
        Sha256 = reader.ReadString(),
        Sample = reader.ReadString() ?? "",
        Worker = reader.ReadString() ?? "",
        Answer = reader.ReadString() ?? "",
        WorkersPerClient = reader.ReadInt32(),
    };
}

internal sealed class LabelSettingsFormatter() : ArrayFormatter<LabelSettings>(7, optional: true)
{
    protected override void Write(ref MessagePackWriter writer, LabelSettings value, MessagePackSerializerOptions options)
    {
        writer.Write((int)value.Careful);
        writer.Write((int)value.Careless);
        writer.Write(value.CarefulColumn);
        writer.Write(value.CarelessColumn);
        options.Resolver.GetFormatterWithVerify<ValueList<double>?>().Serialize(ref writer, value.Confusion, options);
        options.Resolver.GetFormatterWithVerify<AnnotatorSettings?>().Serialize(ref writer, value.Annotators, options);
        options.Resolver.GetFormatterWithVerify<ValueList<double>>().Serialize(ref writer, value.Skill, options);
    }

    protected override LabelSettings Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => new()
    {
        Careful = (LabelSource)reader.ReadInt32(),
        Careless = (LabelSource)reader.ReadInt32(),
        CarefulColumn = reader.ReadString(),
        CarelessColumn = reader.ReadString(),
        Confusion = options.Resolver.GetFormatterWithVerify<ValueList<double>?>().Deserialize(ref reader, options),
        Annotators = options.Resolver.GetFormatterWithVerify<AnnotatorSettings?>().Deserialize(ref reader, options),
        Skill = options.Resolver.GetFormatterWithVerify<ValueList<double>>().Deserialize(ref reader, options),
    };
}
