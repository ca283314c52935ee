using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FLCrowd.Experiments.Processes;

/// <summary>What goes to a process and comes from it, as JSON: names in snake_case, seeds as whole numbers, models as base64 of 32-bit
/// numbers, little endian.</summary>
internal static class Wire
{
    /// <summary>Of records everything that was given to them; what they compute from it the other side can, too.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        Converters = { new SeedConverter(), new ModelConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Waits for an answer.</summary>
    /// <exception cref="InvalidActionException">The process does not play such a game.</exception>
    public static JsonElement Wait(Task<JsonElement> answer)
    {
        try
        {
            return answer.GetAwaiter().GetResult();
        }
        catch (ProcessRefusal e) when (e.Code == ProcessRefusal.NotPlayed)
        {
            throw new InvalidActionException(e.Message);
        }
    }

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An object.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members) => Bytes(writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    });

    public static void Write<T>(this Utf8JsonWriter writer, string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, Json);
    }

    public static void WriteModel(this Utf8JsonWriter writer, string name, ReadOnlySpan<float> model)
    {
        writer.WritePropertyName(name);
        WriteModelValue(writer, model);
    }

    /// <summary>Reads a model of a known size.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static float[] Model(JsonElement parent, string name, int length)
    {
        var value = Member(parent, name);
        if (value.ValueKind != JsonValueKind.String
            || !value.TryGetBytesFromBase64(out var bytes) || bytes.Length != sizeof(float) * length)
        {
            throw Wrong(name, value, $"must be the base64 of {length} 32-bit numbers");
        }

        return [.. MemoryMarshal.Cast<byte, float>(bytes)];
    }

    /// <exception cref="InvalidDataException">It is no number.</exception>
    public static double Number(JsonElement parent, string name) => NumberOf(Member(parent, name), name);

    /// <exception cref="InvalidDataException">It is no number.</exception>
    public static double NumberOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : throw Wrong(name, value, "must be a number");

    /// <exception cref="InvalidDataException">It is no whole number.</exception>
    public static int Whole(JsonElement parent, string name) => WholeOf(Member(parent, name), name);

    /// <exception cref="InvalidDataException">It is no whole number.</exception>
    public static int WholeOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Wrong(name, value, "must be a whole number");

    /// <summary>The entries of a list of a known length.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static IReadOnlyList<JsonElement> List(JsonElement parent, string name, int length)
    {
        var value = Member(parent, name);
        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == length
            ? [.. value.EnumerateArray()]
            : throw Wrong(name, value, $"must be a list of {length}");
    }

    /// <summary>A member of an object; undefined where there is none.</summary>
    public static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>All processors that this program runs on are little endian (<c>Processor.Arithmetic</c> names them).</summary>
    private static void WriteModelValue(Utf8JsonWriter writer, ReadOnlySpan<float> model) =>
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes(model));

    private static InvalidDataException Wrong(string name, JsonElement value, string what)
    {
        const int Most = 60;
        var text = value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText();
        return new InvalidDataException($"it answered {name} {(text.Length <= Most ? text : $"{text[..Most]}...")}, which {what}");
    }

    private sealed class SeedConverter : JsonConverter<Seed>
    {
        public override Seed Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetUInt64());

        public override void Write(Utf8JsonWriter writer, Seed value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Value);
    }

    private sealed class ModelConverter : JsonConverter<ReadOnlyMemory<float>>
    {
        public override ReadOnlyMemory<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<float> value, JsonSerializerOptions options)
        {
            WriteModelValue(writer, value.Span);
        }
    }
}
