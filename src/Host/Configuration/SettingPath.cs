using System.Text;

namespace FLCrowd.Host.Configuration;

/// <summary>A configuration path such as <c>learning.step-size</c>; a key with a dot or a slash in it stands in quotes.</summary>
internal static class SettingPath
{
    public static string Join(string path, string key)
    {
        var quoted = key.AsSpan().IndexOfAny(". /\"=") < 0 ? key : $"\"{key}\"";
        return path.Length == 0 ? quoted : $"{path}.{quoted}";
    }

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
