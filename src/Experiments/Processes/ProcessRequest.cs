using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>Something that a process is asked.</summary>
/// <param name="method">The method of JSON-RPC.</param>
/// <param name="parameters">Its parameters, as JSON.</param>
/// <param name="helper">Answers what the process asks back meanwhile, by method and parameters, as JSON; null: nobody does.</param>
internal sealed class ProcessRequest(string method, ReadOnlyMemory<byte> parameters, Func<string, JsonElement, byte[]>? helper = null)
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Method => method;

    public Func<string, JsonElement, byte[]>? Helper => helper;

    /// <summary>Whether it is sent without others: what goes wrong then is its own fault.</summary>
    public bool IsAlone { get; set; } = helper is not null;

    public int Size => parameters.Length;

    public bool IsAnswered => _answer.Task.IsCompleted;

    public Task<JsonElement> Answer => _answer.Task;

    public void Succeed(JsonElement result) => _answer.TrySetResult(result);

    public void Fail(Exception reason) => _answer.TrySetException(reason);

    public void Write(Utf8JsonWriter writer, long id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteNumber("id", id);
        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        writer.WriteRawValue(parameters.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
