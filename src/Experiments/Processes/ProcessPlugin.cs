using System.Collections.Concurrent;
using System.Text.Json;

namespace FLCrowd.Experiments.Processes;

/// <summary>
/// The strategies and mechanisms of a program in another language, which it is asked for. Every name with its options has a process of
/// its own, started when the options are first looked at; docs/processes.md has the protocol.
/// </summary>
internal sealed class ProcessPlugin : IPlugin, IDisposable
{
    private const string Strategy = "strategy";
    private const string Mechanism = "mechanism";
    private const int Protocol = 1;

    private readonly PluginCommand _command;
    private readonly Action<string> _said;
    private readonly ConcurrentDictionary<(string Kind, string Name, string Options), Lazy<ProcessSession>> _sessions = new();
    private readonly IReadOnlyList<(string Kind, PluginDescription Description)> _offers;

    /// <param name="command">How the program is started.</param>
    /// <param name="said">Told every line that it writes on standard error; null: nobody is.</param>
    /// <exception cref="InvalidDataException">It cannot be started, or offers nothing that this program understands.</exception>
    public ProcessPlugin(PluginCommand command, Action<string>? said = null)
    {
        (_command, _said) = (command, said ?? (_ => { }));
        using var connection = new ProcessConnection(command, null, _said);
        try
        {
            var described = Wire.Wait(connection.AskAsync(
                new ProcessRequest("describe", Wire.Object(writer => writer.WriteNumber("protocol", Protocol)))));
            int spoken = Wire.Whole(described, "protocol");
            Runtime = Wire.Text(described, "runtime") ?? "unknown";
            _offers = spoken == Protocol
                ? Offers(described)
                : throw new InvalidDataException($"speaks version {spoken} of the protocol; this program speaks {Protocol}");
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            throw new InvalidDataException($"does not say what it offers: {e.Message}", e);
        }
    }

    /// <summary>What the program says that it runs on, such as <c>CPython 3.11.2</c>.</summary>
    public string Runtime { get; }

    /// <summary>How often lines went to its processes and back.</summary>
    public long Exchanges => _sessions.Values.Where(session => session.IsValueCreated).Sum(session => session.Value.Exchanges);

    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        foreach (var (kind, description) in _offers)
        {
            if (kind == Strategy)
            {
                registry.AddStrategy(description, choice => Session(kind, choice), (session, _) => new ProcessStrategy(session));
            }
            else
            {
                registry.AddMechanism(description, choice => Session(kind, choice), ProcessMechanism.Create);
            }
        }
    }

    /// <summary>Ends all processes.</summary>
    public void Dispose()
    {
        foreach (var session in _sessions.Values.Where(session => session.IsValueCreated))
        {
            session.Value.Dispose();
        }
    }

    private ProcessSession Session(string kind, PluginChoice choice)
    {
        var key = (kind, choice.Name, choice.Options);
        var session = _sessions.GetOrAdd(key, _ => new(() => new ProcessSession(_command, kind, choice, _said)));
        try
        {
            return session.Value;
        }
        catch (SettingException)
        {
            // It says where the options stand, and the next who asks may stand elsewhere.
            _sessions.TryRemove(KeyValuePair.Create(key, session));
            throw;
        }
    }

    private static List<(string Kind, PluginDescription Description)> Offers(JsonElement described)
    {
        var offers = Wire.Member(described, "plugins") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(Offer).ToList()
            : [];
        return offers.Count > 0 ? offers : throw new InvalidDataException("offers no strategy and no mechanism");
    }

    private static (string Kind, PluginDescription Description) Offer(JsonElement offer)
    {
        string kind = Wire.Text(offer, "kind") ?? "";
        string name = Wire.Text(offer, "name") ?? throw new InvalidDataException("offers something without a name");
        IReadOnlyList<OptionDescription> options = Wire.Member(offer, "options") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(option => new OptionDescription(
                Wire.Text(option, "name") ?? throw new InvalidDataException($"has an option of '{name}' without a name"),
                Wire.Text(option, "type") ?? "",
                Wire.Text(option, "default") ?? "not set",
                Wire.Text(option, "range") ?? "",
                Wire.Text(option, "description") ?? ""))]
            : [];
        return kind is Strategy or Mechanism
            ? (kind, new PluginDescription(name, Wire.Text(offer, "description") ?? "", options))
            : throw new InvalidDataException($"offers '{name}' as a {kind}; must be {Strategy} or {Mechanism}");
    }
}
