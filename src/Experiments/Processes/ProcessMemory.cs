using System.Buffers;
using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>What a client of a process remembers.</summary>
/// <param name="Content">What the process wants to be told again, as it wrote it; null: nothing yet.</param>
internal sealed record ProcessMemory(ReadOnlyMemory<byte>? Content)
{
    private const string ContentKey = "memory";
    private const string OutcomeKey = "outcome";

    public static ProcessMemory Empty { get; } = new((ReadOnlyMemory<byte>?)null);

    /// <summary>How the last episode ended, as long as the process does not know it.</summary>
    public EpisodeOutcome? Outcome { get; init; }

    public static ProcessMemory Of(JsonElement content) => content.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        ? Empty
        : new(System.Text.Encoding.UTF8.GetBytes(content.GetRawText()));

    /// <exception cref="InvalidDataException">Nobody saved that.</exception>
    public static ProcessMemory Load(ReadOnlySpan<byte> saved)
    {
        try
        {
            using var document = JsonDocument.Parse(saved.ToArray());
            var outcome = Wire.Member(document.RootElement, OutcomeKey);
            return Of(Wire.Member(document.RootElement, ContentKey)) with
            {
                Outcome = outcome.ValueKind == JsonValueKind.Object ? outcome.Deserialize<EpisodeOutcome>(Wire.Json) : null,
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("the memory was not written by a strategy of a process", e);
        }
    }

    public void Save(IBufferWriter<byte> writer) => writer.Write(Wire.Object(Write));

    /// <summary>Writes all of it, as members of an object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        WriteContent(writer);
        if (Outcome is { } outcome)
        {
            writer.Write(OutcomeKey, outcome);
        }
    }

    /// <summary>Writes what the process knows of it.</summary>
    public void WriteContent(Utf8JsonWriter writer)
    {
        if (Content is { } content)
        {
            writer.WritePropertyName(ContentKey);
            writer.WriteRawValue(content.Span, skipInputValidation: true);
        }
    }
}
