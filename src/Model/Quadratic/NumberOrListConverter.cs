using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FLCrowd.Model.Quadratic;

/// <summary>Reads a list of numbers, or one number as a list of one.</summary>
internal sealed class NumberOrListConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [ReadNumber(ref reader)];
        }

        var list = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(ReadNumber(ref reader));
        }

        return list;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ToArray(), options);

    /// <summary>HOCON has no types: a number may come as text.</summary>
    private static double ReadNumber(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when double.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out double number) => number,
        _ => throw new JsonException(),
    };
}
