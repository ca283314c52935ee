using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>An entry of a configuration that somebody else plays, who is asked.</summary>
internal interface IProcessSession
{
    /// <summary>Whether it says that it can do something.</summary>
    bool Can(string capability);

    /// <summary>Asks; does not wait.</summary>
    /// <param name="method">The method.</param>
    /// <param name="members">Writes the parameters' members.</param>
    /// <param name="helper">Answers what is asked back, by method and parameters, as JSON; null: nobody does.</param>
    Task<JsonElement> AskAsync(string method, Action<Utf8JsonWriter> members, Func<string, JsonElement, byte[]>? helper = null);
}

/// <summary>An entry of a configuration that a process plays: a name with its options, and what it can do.</summary>
internal sealed class ProcessSession : IProcessSession, IDisposable
{
    private const string Create = "create";

    private readonly ProcessConnection _connection;
    private readonly HashSet<string> _capabilities;

    /// <param name="command">The process.</param>
    /// <param name="kind">What it is asked for: <c>strategy</c> or <c>mechanism</c>.</param>
    /// <param name="choice">The name, and its options.</param>
    /// <param name="said">Told every line of its standard error.</param>
    /// <exception cref="SettingException">An option is wrong, or the process cannot play it.</exception>
    public ProcessSession(PluginCommand command, string kind, PluginChoice choice, Action<string> said)
    {
        var parameters = Wire.Object(writer =>
        {
            writer.WriteString("kind", kind);
            writer.WriteString("name", choice.Name);
            writer.WritePropertyName("options");
            writer.WriteRawValue(choice.Options);
        });
        _connection = new ProcessConnection(command, () => new ProcessRequest(Create, parameters), said);
        try
        {
            var created = Wire.Wait(_connection.AskAsync(new ProcessRequest(Create, parameters)));
            _capabilities = [.. Wire.Member(created, "capabilities") is { ValueKind: JsonValueKind.Array } list
                ? list.EnumerateArray().Select(capability => $"{capability}")
                : []];
        }
        catch (Exception e)
        {
            _connection.Dispose();
            throw new SettingException(e is ProcessRefusal { Option: { } option } ? $"{choice.Path}.{option}" : choice.Path, e.Message);
        }
    }

    /// <summary>How often lines went to the process and back.</summary>
    public long Exchanges => _connection.Exchanges;

    public bool Can(string capability) => _capabilities.Contains(capability);

    public Task<JsonElement> AskAsync(string method, Action<Utf8JsonWriter> members, Func<string, JsonElement, byte[]>? helper = null) =>
        _connection.AskAsync(new ProcessRequest(method, Wire.Object(members), helper));

    public void Dispose() => _connection.Dispose();
}
