using System.Text;
using System.Text.Json.Nodes;

namespace FLCrowd.Experiments.Hocon;

/// <summary>Writes a tree as HOCON that people can read and <see cref="Parser"/> reads back.</summary>
internal static class HoconWriter
{
    private const string Null = "null";

    /// <summary>One key a line, blocks indented, lists of blocks one entry a line.</summary>
    public static string Text(JsonObject tree)
    {
        var text = new StringBuilder();
        Write(text, tree, "");
        return text.ToString();
    }

    /// <summary>A value on one line.</summary>
    public static string Inline(JsonNode? node) => node switch
    {
        JsonObject block when block.Count == 0 => "{}",
        JsonObject block =>
            $"{{ {string.Join(", ", block.Select(entry => $"{SettingPath.Join("", entry.Key)} = {Inline(entry.Value)}"))} }}",
        JsonArray list => $"[{string.Join(", ", list.Select(Inline))}]",
        JsonValue value => Scalar(value.ToString()),
        null => Null,
        _ => node.ToJsonString(),
    };

    private static void Write(StringBuilder text, JsonObject tree, string indent)
    {
        foreach (var (key, value) in tree)
        {
            text.Append(indent).Append(SettingPath.Join("", key));
            switch (value)
            {
                case JsonObject { Count: > 0 } block:
                    text.Append(" {\n");
                    Write(text, block, indent + "  ");
                    text.Append(indent).Append("}\n");
                    break;
                case JsonArray list when list.Any(item => item is JsonObject):
                    text.Append(" = [\n");
                    foreach (var item in list)
                    {
                        text.Append(indent).Append("  ").Append(Inline(item)).Append('\n');
                    }

                    text.Append(indent).Append("]\n");
                    break;
                default:
                    text.Append(" = ").Append(Inline(value)).Append('\n');
                    break;
            }
        }
    }

    private static string Scalar(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/')
        && !text.Contains("//", StringComparison.Ordinal) && text != Null
            ? text
            : SettingPath.Quoted(text);
}
