namespace FLCrowd.Experiments.Hocon;

/// <summary>Where something was written.</summary>
/// <param name="Origin">The file, or the option of the command line.</param>
/// <param name="Line">The line, from 1.</param>
internal readonly record struct Place(string Origin, int Line)
{
    /// <summary>The folder that relative paths start at which are written there; null: the current one.</summary>
    public string? Folder { get; init; }

    public SettingException Wrong(string problem) => new($"{Origin}, line {Line}", problem);
}
