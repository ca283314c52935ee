using MessagePack;
using MessagePack.Formatters;

namespace FLCrowd.Actors.Serialization;

/// <summary>
/// Partitions were once three, known by number: these are written as they were, without options of their own. Whatever else there is has
/// the number -1, and its name and options behind. Where clients are of their own size, the sizes come last.
/// </summary>
internal sealed class PartitionSettingsFormatter : IMessagePackFormatter<PartitionSettings>
{
    private const int Length = 4;
    private const int Named = -1;

    private static readonly string[] Numbered = ["last-digit", "iid", "dirichlet"];

    public void Serialize(ref MessagePackWriter writer, PartitionSettings value, MessagePackSerializerOptions options)
    {
        int number = value.Choice == ByNumber(value.Choice.Name) ? Array.IndexOf(Numbered, value.Choice.Name) : Named;
        bool sized = value.SampleCounts is not null;
        writer.WriteArrayHeader(sized ? Length + 2 : number == Named ? Length + 1 : Length);
        writer.Write(number);
        writer.Write(value.SamplesPerClient);
        writer.Write(value.Heterogeneity);
        writer.Write(value.Concentration);
        if (number == Named || sized)
        {
            options.Resolver.GetFormatterWithVerify<PluginChoice>().Serialize(ref writer, value.Choice, options);
        }

        if (sized)
        {
            options.Resolver.GetFormatterWithVerify<ValueList<int>>().Serialize(ref writer, value.SampleCounts!, options);
        }
    }

    public PartitionSettings Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        int count = reader.ReadArrayHeader();
        if (count < Length)
        {
            throw new MessagePackSerializationException($"{nameof(PartitionSettings)} has {count} fields; {Length} are needed");
        }

        options.Security.DepthStep(ref reader);
        int number = reader.ReadInt32();
        var (samples, heterogeneity, concentration) = (reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble());
        var choice = count > Length
            ? options.Resolver.GetFormatterWithVerify<PluginChoice>().Deserialize(ref reader, options)
            : number >= 0 && number < Numbered.Length
                ? ByNumber(Numbered[number])
                : throw new MessagePackSerializationException($"there is no partition {number}");
        var counts = count > Length + 1
            ? options.Resolver.GetFormatterWithVerify<ValueList<int>>().Deserialize(ref reader, options)
            : null;
        for (int extra = Length + 2; extra < count; extra++)
        {
            reader.Skip();
        }

        reader.Depth--;
        return new PartitionSettings
        {
            Choice = choice,
            SamplesPerClient = samples,
            SampleCounts = counts,
            Heterogeneity = heterogeneity,
            Concentration = concentration,
        };
    }

    /// <summary>As the configuration has it where nothing but the name is set.</summary>
    private static PluginChoice ByNumber(string name) => new(name, "{}", $"data.{name}");
}
