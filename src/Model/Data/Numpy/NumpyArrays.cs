using System.IO.Compression;
using System.IO.Hashing;

namespace FLCrowd.Model.Data.Numpy;

/// <summary>Where arrays are: in one .npz file, or each in a .npy file of its own.</summary>
internal sealed class NumpyArrays
{
    private const string Extension = ".npy";
    private const int MostExpansion = 1100;

    private readonly List<SourceFile> _files = [];
    private readonly SourceFile? _zip;
    private readonly HashSet<string> _names = [];

    /// <param name="file">The .npz file; null: each array is a file.</param>
    public NumpyArrays(string? file)
    {
        if (file is null)
        {
            return;
        }

        _zip = SourceFile.Open(file, "a .npz file");
        _files.Add(_zip);
        _names = _zip.Read("an .npz file", content =>
        {
            using var zip = new ZipArchive(content);
            return zip.Entries.Select(entry => entry.FullName)
                .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
                .Select(name => name[..^Extension.Length])
                .ToHashSet(StringComparer.Ordinal);
        });
    }

    /// <summary>What was read so far.</summary>
    public IReadOnlyList<DataFile> Files => [.. _files.Select(file => file.Listed)];

    public bool IsZip => _zip is not null;

    /// <summary>Whether the .npz file has an array.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name in the .npz file, or its own file.</param>
    /// <param name="setting">The option that named it.</param>
    /// <param name="read">Makes something of its head, its type and its elements.</param>
    /// <exception cref="SettingException">There is none, or it is not whole.</exception>
    public T Read<T>(string name, string setting, Func<ArrayForm, NumpyType, ArrayContent, T> read)
    {
        if (_zip is null)
        {
            if (!name.EndsWith(Extension, StringComparison.Ordinal))
            {
                throw new SettingException(setting, $"is {name}; must be a {Extension} file, or data.npz.file must be a .npz file");
            }

            var file = SourceFile.Open(name, "a .npy file");
            _files.Add(file);
            return file.Read("a .npy file", content => Of(file.Path, content, file.MostContent));
        }

        if (!Has(name))
        {
            throw _zip.Wrong($"has no array {name}{Suggested(name)}; it has {string.Join(", ", _names.Order(StringComparer.Ordinal))} "
                + $"({setting} names the one to read)");
        }

        return _zip.Read("an .npz file", content =>
        {
            using var zip = new ZipArchive(content);
            var entry = zip.GetEntry(name + Extension) ?? throw _zip.Wrong($"has no array {name}");
            Check(entry, name);
            using var stream = entry.Open();
            return Of($"{_zip.Path} ({name})", stream, Math.Min(entry.Length, _zip.Length * MostExpansion));
        });

        T Of(string owner, Stream content, long most)
        {
            var (form, type) = NumpyHead.Read(owner, content);
            return read(form, type, new ArrayContent(form, content, most));
        }
    }

    /// <summary>The reader of archives does not look at their checksums.</summary>
    private void Check(ZipArchiveEntry entry, string name)
    {
        var sum = new Crc32();
        try
        {
            using var content = entry.Open();
            sum.Append(content);
        }
        catch (InvalidDataException e)
        {
            throw _zip!.Wrong($"is damaged: array {name} cannot be decompressed ({e.Message})");
        }

        if (sum.GetCurrentHashAsUInt32() is var found && found != entry.Crc32)
        {
            throw _zip!.Wrong($"is damaged: array {name} has the CRC-32 {found:x8}; must be {entry.Crc32:x8}, as the archive says");
        }
    }

    private string Suggested(string name) => Suggestion.Nearest(name, _names) is { } near ? $" (did you mean '{near}'?)" : "";
}
