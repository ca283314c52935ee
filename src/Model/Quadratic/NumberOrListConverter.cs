using System.Text.Json;
using System.Text.Json.Serialization;

namespace FLCrowd.Model.Quadratic;

/// <summary>Reads a list of numbers, or one number as a list of one.</summary>
internal sealed class NumberOrListConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray
            ? JsonSerializer.Deserialize<double[]>(ref reader, options)!
            : [JsonSerializer.Deserialize<double>(ref reader, options)];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);
}
