namespace FLCrowd.Model.Data.Tabular;

/// <summary>Where a value stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Unit">What is counted: lines, or rows.</param>
/// <param name="Number">Which of them, from 1.</param>
internal readonly record struct Place(string File, string Unit, long Number)
{
    private const int MostShown = 40;

    public SettingException Wrong(string problem) => new(File, $"{this}: {problem}");

    public override string ToString() => $"{Unit} {Number}";

    /// <summary>A value as it was found, short enough for a message.</summary>
    public static string Quote(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length > MostShown ? $"'{line[..MostShown]}...'" : $"'{line}'";
    }
}
