namespace FLCrowd.Experiments.TensorBoard;

/// <summary>Names of folders for texts of a user's, which may be anything: fit for every file system, and no two the same.</summary>
internal sealed class FolderNames
{
    private const int Longest = 120;

    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name for a text, the same every time.</summary>
    public string Of(string text)
    {
        if (!_names.TryGetValue(text, out var name))
        {
            var plain = new string([.. text.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter)
                || "-_.=,+".Contains(letter, StringComparison.Ordinal) ? letter : '-')]).Trim('.');
            name = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? plain : $"{plain}-{number}").First(_taken.Add);
            _names[text] = name;
        }

        return name;
    }
}
