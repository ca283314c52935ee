using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FLCrowd.Experiments.Hocon;

/// <summary>A configuration path such as <c>learning.step-size</c>; a key with a dot or a slash in it stands in quotes.</summary>
internal static class SettingPath
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Join(string path, string key)
    {
        var shown = key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') ? key : Quoted(key);
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    /// <summary>A text in quotes, as HOCON and JSON have it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    /// <exception cref="SettingException">The path is empty or has an empty key.</exception>
    public static IReadOnlyList<string> Split(string path)
    {
        var keys = new List<string>();
        var key = new StringBuilder();
        bool quoted = false;
        foreach (char c in path + ".")
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString().Trim());
                key.Clear();
            }
            else
            {
                key.Append(c);
            }
        }

        return quoted || keys.Contains("")
            ? throw new SettingException($"'{path}'", "is not a path such as learning.step-size")
            : keys;
    }
}
