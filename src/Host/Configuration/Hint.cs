namespace FLCrowd.Host.Configuration;

/// <summary>What somebody may have meant, as part of a message.</summary>
internal static class Hint
{
    /// <summary><c> (did you mean 'x'?)</c>, or nothing where no known word is near.</summary>
    public static string For(string word, IEnumerable<string> known) =>
        Suggestion.Nearest(word, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
}
