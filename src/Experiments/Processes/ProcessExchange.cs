using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>
/// JSON-RPC 2.0 by lines: requests go to a process as one line, several of them as a batch, and their answers come in any order. While they
/// are open the process may ask back. Used by one thread at a time.
/// </summary>
internal sealed class ProcessExchange
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private long _lastId;

    /// <summary>How often lines went there and back.</summary>
    public long Count { get; private set; }

    /// <summary>Writes requests, and reads until each is answered.</summary>
    /// <exception cref="ProcessFault">The process ended, is silent, or writes what answers nothing.</exception>
    public void Carry(ChildProcess child, IReadOnlyList<ProcessRequest> batch)
    {
        var open = new Dictionary<long, ProcessRequest>();
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, new JsonWriterOptions { SkipValidation = true }))
        {
            if (batch.Count > 1)
            {
                writer.WriteStartArray();
            }

            foreach (var request in batch)
            {
                open.Add(++_lastId, request);
                request.Write(writer, _lastId);
            }

            if (batch.Count > 1)
            {
                writer.WriteEndArray();
            }
        }

        Count++;
        child.Expect(line: true);
        child.Write(_line.WrittenSpan);
        while (open.Count > 0)
        {
            var line = child.ReadLine();
            child.Expect(line: true);
            Accept(child, line, open, batch[0].Helper);
        }

        child.Expect(line: false);
        child.IsNew = false;
    }

    private static void Accept(
        ChildProcess child, ReadOnlyMemory<byte> line, Dictionary<long, ProcessRequest> open, Func<string, JsonElement, byte[]>? helper)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            throw child.Nonsense($"wrote '{Excerpt(line)}', which is no JSON; what is printed belongs on standard error");
        }

        using (document)
        {
            var root = document.RootElement;
            foreach (var message in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root])
            {
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("method", out var method)
                    && message.TryGetProperty("id", out var id) && helper is not null)
                {
                    child.Write(Help(helper, $"{method}", message, id));
                }
                else
                {
                    Answer(child, message, open);
                }
            }
        }
    }

    private static void Answer(ChildProcess child, JsonElement message, Dictionary<long, ProcessRequest> open)
    {
        if (message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number)
            || !open.Remove(number, out var request))
        {
            throw child.Nonsense($"wrote '{Excerpt(message)}', which answers nothing that it was asked");
        }

        if (message.TryGetProperty("result", out var result))
        {
            request.Succeed(result.Clone());
        }
        else if (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            request.Fail(Refusal(error));
        }
        else
        {
            throw child.Nonsense($"answered '{Excerpt(message)}', which has neither a result nor an error");
        }
    }

    private static ProcessRefusal Refusal(JsonElement error) => new(
        Wire.Text(error, "message") ?? "it does not say why",
        Wire.Member(error, "code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out int number) ? number : 0,
        Wire.Text(Wire.Member(error, "data"), "option"));

    private static byte[] Help(Func<string, JsonElement, byte[]> helper, string method, JsonElement message, JsonElement id)
    {
        string? problem = null;
        byte[] result = [];
        try
        {
            result = helper(method, message.TryGetProperty("params", out var parameters) ? parameters : default);
        }
        catch (Exception e)
        {
            problem = e.Message;
        }

        return Wire.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            if (problem is null)
            {
                writer.WritePropertyName("result");
                writer.WriteRawValue(result);
            }
            else
            {
                writer.WriteStartObject("error");
                writer.WriteNumber("code", -32000);
                writer.WriteString("message", problem);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    private static string Excerpt(JsonElement message) => Excerpt(Encoding.UTF8.GetBytes(message.GetRawText()));

    private static string Excerpt(ReadOnlyMemory<byte> line)
    {
        const int Most = 80;
        var text = Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 4 * Most)]).Trim();
        return text.Length <= Most ? text : $"{text[..Most]}...";
    }
}
