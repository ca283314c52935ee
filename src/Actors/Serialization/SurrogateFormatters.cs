using MessagePack;

namespace FLCrowd.Actors.Serialization;

internal sealed class PerClientFormatter() : ArrayFormatter<PerClient?>(1, optional: true)
{
    protected override void Write(ref MessagePackWriter writer, PerClient? value, MessagePackSerializerOptions options) =>
        options.Resolver.GetFormatterWithVerify<double[]>().Serialize(ref writer, [.. value!.Values], options);

    protected override PerClient Read(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(options.Resolver.GetFormatterWithVerify<double[]>().Deserialize(ref reader, options));
}

internal sealed class SurrogateErrorsFormatter() : ArrayFormatter<SurrogateErrors?>(5, optional: true, least: 4)
{
    protected override void Write(ref MessagePackWriter writer, SurrogateErrors? value, MessagePackSerializerOptions options)
    {
        var numbers = options.Resolver.GetFormatterWithVerify<PerClient>();
        numbers.Serialize(ref writer, value!.BatchSlope, options);
        numbers.Serialize(ref writer, value.EffortSlope, options);
        numbers.Serialize(ref writer, value.ReportCurvature, options);
        writer.Write(value.TruthfulLoss);
        options.Resolver.GetFormatterWithVerify<PerClient?>().Serialize(ref writer, value.Worth, options);
    }

    protected override SurrogateErrors Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var numbers = options.Resolver.GetFormatterWithVerify<PerClient>();
        return new SurrogateErrors(
            numbers.Deserialize(ref reader, options),
            numbers.Deserialize(ref reader, options),
            numbers.Deserialize(ref reader, options),
            reader.ReadDouble());
    }

    protected override SurrogateErrors? ReadAppended(
        ref MessagePackReader reader, SurrogateErrors? value, MessagePackSerializerOptions options) =>
        value! with { Worth = options.Resolver.GetFormatterWithVerify<PerClient?>().Deserialize(ref reader, options) };
}

internal sealed class LossSurrogateFormatter() : ArrayFormatter<LossSurrogate?>(13, optional: true, least: 11)
{
    protected override void Write(ref MessagePackWriter writer, LossSurrogate? value, MessagePackSerializerOptions options)
    {
        var numbers = options.Resolver.GetFormatterWithVerify<PerClient>();
        writer.Write(value!.Name);
        writer.Write(value.Constant);
        writer.Write(value.MinimalLoss);
        numbers.Serialize(ref writer, value.BatchSlope, options);
        numbers.Serialize(ref writer, value.EffortSlope, options);
        numbers.Serialize(ref writer, value.ReportCurvature, options);
        numbers.Serialize(ref writer, value.NormConstant, options);
        numbers.Serialize(ref writer, value.NormBatchSlope, options);
        numbers.Serialize(ref writer, value.NormEffortSlope, options);
        options.Resolver.GetFormatterWithVerify<SurrogateErrors?>().Serialize(ref writer, value.Errors, options);
        options.Resolver.GetFormatterWithVerify<string[]>().Serialize(ref writer, [.. value.Warnings], options);
        options.Resolver.GetFormatterWithVerify<PerClient?>().Serialize(ref writer, value.Worth, options);
        options.Resolver.GetFormatterWithVerify<int[]>().Serialize(ref writer, [.. value.NotAsked], options);
    }

    protected override LossSurrogate Read(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var numbers = options.Resolver.GetFormatterWithVerify<PerClient>();
        return new LossSurrogate
        {
            Name = reader.ReadString() ?? "",
            Constant = reader.ReadDouble(),
            MinimalLoss = reader.ReadDouble(),
            BatchSlope = numbers.Deserialize(ref reader, options),
            EffortSlope = numbers.Deserialize(ref reader, options),
            ReportCurvature = numbers.Deserialize(ref reader, options),
            NormConstant = numbers.Deserialize(ref reader, options),
            NormBatchSlope = numbers.Deserialize(ref reader, options),
            NormEffortSlope = numbers.Deserialize(ref reader, options),
            Errors = options.Resolver.GetFormatterWithVerify<SurrogateErrors?>().Deserialize(ref reader, options),
            Warnings = options.Resolver.GetFormatterWithVerify<string[]>().Deserialize(ref reader, options) ?? [],
        };
    }

    protected override LossSurrogate ReadAppended(
        ref MessagePackReader reader, LossSurrogate? value, MessagePackSerializerOptions options) => new()
        {
            Name = value!.Name,
            Constant = value.Constant,
            MinimalLoss = value.MinimalLoss,
            BatchSlope = value.BatchSlope,
            EffortSlope = value.EffortSlope,
            ReportCurvature = value.ReportCurvature,
            NormConstant = value.NormConstant,
            NormBatchSlope = value.NormBatchSlope,
            NormEffortSlope = value.NormEffortSlope,
            Errors = value.Errors,
            Warnings = value.Warnings,
            Worth = options.Resolver.GetFormatterWithVerify<PerClient?>().Deserialize(ref reader, options),
            NotAsked = options.Resolver.GetFormatterWithVerify<int[]>().Deserialize(ref reader, options) ?? [],
        };
}
