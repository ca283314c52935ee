using System.Text;

namespace FLCrowd.Experiments.Configuration;

/// <summary>A name that the user gives to something: it stands in tables, plots, pages and files as it was written.</summary>
internal static class SettingName
{
    /// <summary>The name itself.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">Where it stands, without the name.</param>
    /// <exception cref="SettingException">It is empty, or has a character that no text has.</exception>
    public static string Checked(string name, string path)
    {
        if (name.Trim().Length == 0)
        {
            throw new SettingException(path, "has an empty name");
        }

        int odd = Enumerable.Range(0, name.Length).FirstOrDefault(at => char.IsControl(name[at]) || !IsWhole(name, at), -1);
        return odd < 0
            ? name
            : throw new SettingException(
                path, $"has a name with the character U+{(int)name[odd]:X4} in it: '{Shown(name)}'; names are text of one line");
    }

    /// <summary>A character beyond U+FFFF has two halves; one alone cannot be written.</summary>
    private static bool IsWhole(string name, int at) => !char.IsSurrogate(name[at])
        || (char.IsHighSurrogate(name[at])
            ? at + 1 < name.Length && char.IsLowSurrogate(name[at + 1])
            : at > 0 && char.IsHighSurrogate(name[at - 1]));

    private static string Shown(string name) => name.Aggregate(
        new StringBuilder(), (text, c) => text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)).ToString();
}
