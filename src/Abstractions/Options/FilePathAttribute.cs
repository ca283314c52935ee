namespace FLCrowd;

/// <summary>
/// An option, of a text or of several, that is the path of a file or a folder: a data set, partition, model, aggregator or mechanism gets
/// an absolute one. A relative path starts at the folder of the experiment file that it is written in; where a variable of the
/// environment or the command line gives it, at the current folder.
/// </summary>
/// <param name="ending">Only a text that ends in this, such as <c>.npy</c>, is a path; null: any that is not empty.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute(string? ending = null) : Attribute
{
    /// <summary>What a text that is a path ends in; null: any is one.</summary>
    public string? Ending { get; } = ending;

    /// <summary>Whether a value of the option is a path.</summary>
    public bool Fits(string text) => text.Length > 0 && text.EndsWith(Ending ?? "", StringComparison.Ordinal);
}
