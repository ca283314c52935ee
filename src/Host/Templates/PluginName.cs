using System.Text.RegularExpressions;

namespace FLCrowd.Host.Templates;

/// <summary>The name of a plug-in to be, <c>vendor/name</c>, and the words that a project says it in.</summary>
internal sealed partial record PluginName(string Vendor, string Name)
{
    /// <exception cref="SettingException">It is no name for a plug-in.</exception>
    public static PluginName Parse(string text) => Form().Match(text) is { Success: true } match
        ? new PluginName(match.Groups[1].Value, match.Groups[2].Value)
        : throw new SettingException(
            "NAME", $"is '{text}'; must be vendor/name, such as acme/careful: letters a-z first, then also digits and hyphens");

    /// <summary>A template's text or path, in the words of this name.</summary>
    /// <param name="text">Text of the template <c>acme/word</c>.</param>
    /// <param name="word">The template's own name.</param>
    public string Rename(string text, string word) =>
        Regex.Replace(text, $"acme|Acme|{word}_|{word}|{Pascal(word)}", match => Rename(match, word));

    private string Rename(Match match, string word) => match.Value switch
    {
        "acme" => Vendor,
        var module when module == $"{word}_" => $"{Name.Replace('-', '_')}_",
        "Acme" => Pascal(Vendor),
        var own when own == word => Name,
        _ => Pascal(Name),
    };

    /// <summary>As a name of C#: <c>tit-for-tat</c> is <c>TitForTat</c>.</summary>
    private static string Pascal(string words) =>
        string.Concat(words.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    [GeneratedRegex(@"\A([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\z")]
    private static partial Regex Form();
}
