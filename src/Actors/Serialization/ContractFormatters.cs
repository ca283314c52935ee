using MessagePack;
using MessagePack.Formatters;

namespace FLCrowd.Actors.Serialization;

/// <summary>An array of fixed length per type; a reader accepts longer ones, so that a later version may append.</summary>
/// <param name="length">How many fields are written.</param>
/// <param name="optional">Whether there may be no value.</param>
/// <param name="least">How many fields all versions write; null: as many.</param>
internal abstract class ArrayFormatter<T>(int length, bool optional = false, int? least = null) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        if (optional && value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(length);
        Write(ref writer, value, options);
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (optional && reader.TryReadNil())
        {
            return default!;
        }

        int count = reader.ReadArrayHeader();
        if (count < (least ?? length))
        {
            throw new MessagePackSerializationException($"{typeof(T).Name} has {count} fields; {least ?? length} are needed");
        }

        options.Security.DepthStep(ref reader);
        var value = Read(ref reader, options);
        if (count >= length && least < length)
        {
            value = ReadAppended(ref reader, value, options);
        }

        for (int extra = length; extra < count; extra++)
        {
            reader.Skip();
        }

        reader.Depth--;
        return value;
    }

    protected abstract void Write(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options);

    /// <summary>Reads the fields that messages of all versions have.</summary>
    protected abstract T Read(ref MessagePackReader reader, MessagePackSerializerOptions options);

    /// <summary>Reads the fields that were appended since, where there are such.</summary>
    protected virtual T ReadAppended(ref MessagePackReader reader, T value, MessagePackSerializerOptions options) => value;
}

internal sealed class AssignmentFormatter() : ArrayFormatter<Assignment>(5, least: 4)
{
    protected override void Write(ref MessagePackWriter writer, Assignment value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Effort);
        writer.Write(value.BatchSize);
        writer.Write(value.Gamma);
        options.Resolver.GetFormatterWithVerify<RewardTerms>().Serialize(ref writer, value.Terms, options);
        writer.Write(value.TakesPart);
    }

    protected override Assignment ReadAppended(
        ref MessagePackReader reader, Assignment value, MessagePackSerializerOptions options) =>
        value with { TakesPart = reader.ReadBoolean() };

    protected override Assignment Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => new(
        reader.ReadDouble(),
        reader.ReadInt32(),
        reader.ReadDouble(),
        options.Resolver.GetFormatterWithVerify<RewardTerms>().Deserialize(ref reader, options));
}

internal sealed class RewardTermsFormatter() : ArrayFormatter<RewardTerms>(3)
{
    protected override void Write(ref MessagePackWriter writer, RewardTerms value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Fixed);
        writer.Write(value.LossSlope);
        writer.WriteMapHeader(value.Announced.Count);
        foreach (var (name, number) in value.Announced.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(number);
        }
    }

    protected override RewardTerms Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        double @fixed = reader.ReadDouble();
        double slope = reader.ReadDouble();
        int count = reader.ReadMapHeader();
        if (count == 0)
        {
            return new RewardTerms(@fixed, slope);
        }

        var announced = new Dictionary<string, double>(options.Security.GetEqualityComparer<string>());
        for (int i = 0; i < count; i++)
        {
            announced.Add(reader.ReadString() ?? "", reader.ReadDouble());
        }

        return new RewardTerms(@fixed, slope, announced);
    }
}

internal sealed class PluginChoiceFormatter() : ArrayFormatter<PluginChoice>(3)
{
    protected override void Write(ref MessagePackWriter writer, PluginChoice value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Name);
        writer.Write(value.Options);
        writer.Write(value.Path);
    }

    protected override PluginChoice Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(reader.ReadString() ?? "", reader.ReadString() ?? "{}", reader.ReadString() ?? "");
}

internal sealed class TrainingProtocolFormatter() : ArrayFormatter<TrainingProtocol>(8, least: 5)
{
    protected override void Write(ref MessagePackWriter writer, TrainingProtocol value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Rounds);
        writer.Write(value.LocalSteps);
        writer.Write(value.StepSize);
        writer.Write(value.Replacement);
        writer.Write((int)value.CostBasis);
        writer.Write(value.Momentum);
        if (value.Schedule is { } schedule)
        {
            writer.Write((int)schedule.Shape);
            writer.WriteArrayHeader(schedule.Values.Count);
            foreach (double step in schedule.Values)
            {
                writer.Write(step);
            }
        }
        else
        {
            writer.WriteNil();
            writer.WriteNil();
        }
    }

    protected override TrainingProtocol Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => new()
    {
        Rounds = reader.ReadInt32(),
        LocalSteps = reader.ReadInt32(),
        StepSize = reader.ReadDouble(),
        Replacement = reader.ReadBoolean(),
        CostBasis = (CostBasis)reader.ReadInt32(),
    };

    protected override TrainingProtocol ReadAppended(
        ref MessagePackReader reader, TrainingProtocol value, MessagePackSerializerOptions options)
    {
        value = value with { Momentum = reader.ReadDouble() };
        if (reader.TryReadNil())
        {
            reader.Skip();
            return value;
        }

        var shape = (StepShape)reader.ReadInt32();
        var steps = new double[reader.ReadArrayHeader()];
        for (int k = 0; k < steps.Length; k++)
        {
            steps[k] = reader.ReadDouble();
        }

        return value with { Schedule = new StepSchedule { Shape = shape, Values = new ValueList<double>(steps) } };
    }
}

internal sealed class ClientActionFormatter() : ArrayFormatter<ClientAction>(4, least: 3)
{
    protected override void Write(ref MessagePackWriter writer, ClientAction value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Effort);
        writer.Write(value.BatchSize);
        writer.Write(value.Gamma);
        writer.Write(value.Attendance);
    }

    protected override ClientAction Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(reader.ReadDouble(), reader.ReadInt32(), reader.ReadDouble());

    protected override ClientAction ReadAppended(
        ref MessagePackReader reader, ClientAction value, MessagePackSerializerOptions options) =>
        value with { Attendance = reader.ReadDouble() };
}

internal sealed class PublishedPayoffFormatter() : ArrayFormatter<PublishedPayoff>(6, least: 5)
{
    protected override void Write(ref MessagePackWriter writer, PublishedPayoff value, MessagePackSerializerOptions options)
    {
        writer.Write(value.Behavior.Effort);
        writer.Write(value.Behavior.BatchFactor);
        writer.Write(value.Behavior.Gamma);
        writer.Write(value.Clients);
        writer.Write(value.MeanPayoff);
        writer.Write(value.Behavior.Attendance);
    }

    protected override PublishedPayoff Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => new()
    {
        Behavior = new Behavior(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()),
        Clients = reader.ReadInt32(),
        MeanPayoff = reader.ReadDouble(),
    };

    protected override PublishedPayoff ReadAppended(
        ref MessagePackReader reader, PublishedPayoff value, MessagePackSerializerOptions options) =>
        value with { Behavior = value.Behavior with { Attendance = reader.ReadDouble() } };
}

internal sealed class EvaluationFormatter() : ArrayFormatter<Evaluation>(3)
{
    protected override void Write(ref MessagePackWriter writer, Evaluation value, MessagePackSerializerOptions options)
    {
        writer.Write(value.TrainingLoss);
        writer.Write(value.TestLoss);
        writer.Write(value.Accuracy);
    }

    protected override Evaluation Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}
