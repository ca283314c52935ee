using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace FLCrowd.Host.Configuration;

/// <summary>HOCON text as a tree of objects, arrays and texts. HOCON has no types: whoever reads a value says what it is.</summary>
internal static partial class Hocon
{
    /// <param name="text">The text.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="SettingException">The text is not HOCON; names the origin, and the line or the key.</exception>
    public static JsonObject Parse(string text, string origin)
    {
        var prepared = HoconSyntax.Prepare(text, origin);
        Config config;
        try
        {
            config = ConfigurationFactory.ParseString(prepared, name => throw new SettingException(origin, $"include \"{name}\" is not supported"));
        }
        catch (Exception e) when (e is not SettingException)
        {
            // The parser throws whatever it runs into, a NullReferenceException included.
            var position = PositionPattern().Match(e.Message);
            throw position.Success
                ? new SettingException(
                    $"{origin}, line {1 + prepared.AsSpan(0, Math.Min(prepared.Length, int.Parse(position.ValueSpan, CultureInfo.InvariantCulture))).Count('\n')}",
                    "is not valid HOCON")
                : new SettingException(origin, $"is not valid HOCON: {e.Message.ReplaceLineEndings(" ")}");
        }

        return config.IsEmpty ? [] : ToObject(config.Root.GetObject(), "", origin);
    }

    private static JsonObject ToObject(HoconObject source, string path, string origin)
    {
        var tree = new JsonObject();
        foreach (var (key, value) in source.Items)
        {
            tree[key] = ToNode(value, SettingPath.Join(path, key), origin);
        }

        return tree;
    }

    private static JsonNode ToNode(HoconValue value, string path, string origin) => value switch
    {
        { Values: [HoconArray { Count: 0 }] } => new JsonArray(),
        _ when value.IsObject() => ToObject(value.GetObject(), path, origin),
        _ when value.IsArray() => new JsonArray([.. value.GetArray().Select((item, index) => ToNode(item, $"{path}[{index}]", origin))]),
        _ when value.IsEmpty => throw new SettingException(origin, $"'{path.ReplaceLineEndings(" ")}' has no value; write key = value"),
        _ => JsonValue.Create(value.GetString() ?? ""),
    };

    [GeneratedRegex(@"(?<=at position )\d{1,9}")]
    private static partial Regex PositionPattern();
}
