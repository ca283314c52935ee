namespace FLCrowd.Experiments.Configuration;

/// <summary>What somebody may have meant, as part of a message.</summary>
internal static class Hint
{
    private const int Stem = 6;

    /// <summary><c> (did you mean 'x'?)</c>, or nothing where no known word is near.</summary>
    public static string For(string word, IEnumerable<string> known) =>
        (Suggestion.Nearest(word, known) ?? OfOneStem(word, known)) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    /// <summary>A word that differs in its ending only: strategy, strategies.</summary>
    private static string? OfOneStem(string word, IEnumerable<string> known) =>
        word.Length < Stem ? null : known.FirstOrDefault(candidate => candidate.StartsWith(word[..^2], StringComparison.OrdinalIgnoreCase));
}
