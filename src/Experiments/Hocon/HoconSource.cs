namespace FLCrowd.Experiments.Hocon;

/// <summary>Where HOCON text comes from, and so what an <c>include</c> in it is relative to.</summary>
/// <param name="Origin">For messages.</param>
/// <param name="Folder">The folder of its file; null: it is in no file, and includes nothing.</param>
internal sealed record HoconSource(string Origin, string? Folder = null)
{
    /// <summary>The files that are being read, each included by the one before it.</summary>
    private IReadOnlyList<(string Path, string Origin)> Open { get; init; } = [];

    /// <summary>Where relative paths in it start; null: at the current folder.</summary>
    public string? Paths { get; init; } = Folder;

    /// <summary>The block that the text is included in.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>A file.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="folder">The folder that it is in.</param>
    public static HoconSource File(string path, string folder) =>
        new(path, folder) { Open = [(Path.Combine(folder, Path.GetFileName(path)), path)] };

    /// <summary>The settings of a file that this one includes.</summary>
    /// <param name="name">As it was written, relative to this one.</param>
    /// <param name="scope">The block that they become a part of.</param>
    /// <param name="at">Where it was written.</param>
    /// <exception cref="SettingException">It cannot be read, is not HOCON, or includes itself.</exception>
    public HoconBlock Include(string name, IReadOnlyList<string> scope, Place at)
    {
        if (Folder is null)
        {
            throw at.Wrong($"include \"{name}\": what is not in a file of its own includes nothing");
        }

        var path = Path.GetFullPath(name, Folder);
        var origin = Path.Combine(Path.GetDirectoryName(Origin) ?? "", name);
        if (Open.Any(open => open.Path == path))
        {
            throw at.Wrong($"include \"{name}\" goes in a circle: {string.Join(" -> ", Open.Select(open => open.Origin).Append(origin))}");
        }

        string text;
        try
        {
            text = System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw at.Wrong(System.IO.File.Exists(path) || Directory.Exists(path)
                ? $"include \"{name}\": {path} cannot be read: {e.Message}"
                : $"include \"{name}\": there is no file {path}; a name is relative to the folder of the file that includes it");
        }

        return Parser.Parse(text, new HoconSource(origin, Path.GetDirectoryName(path)) { Open = [.. Open, (path, origin)], Scope = scope });
    }
}
