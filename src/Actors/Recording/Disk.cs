using System.Text;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// How the program writes files. Every step that a full or failing disk can refuse goes through here: what it says then names a file and a
/// folder of the user's, and a test can let any one step fail.
/// </summary>
public static class Disk
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>For tests: told of the file before every step, and may throw what the system would.</summary>
    internal static Action<string>? Stepping { get; set; }

    /// <summary>Replaces a file in one move: whoever reads it finds the old one or the new one, whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Writes its content.</param>
    /// <param name="durably">Whether it must be there after a power loss.</param>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string path, Action<Stream> content, bool durably = false)
    {
        // Of this process alone: several may write the same file of a cache.
        var draft = $"{path}.{Environment.ProcessId}.new";
        try
        {
            using (var file = Create(draft, path))
            {
                content(file);
                file.Flush(durably);
            }

            Step(path, () => File.Move(draft, path, overwrite: true));
        }
        catch
        {
            Try(() => File.Delete(draft));
            throw;
        }
    }

    /// <summary>As <see cref="Write(string, Action{Stream}, bool)"/>, as text with line feeds.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream}, bool)"/>
    public static void WriteText(string path, Action<TextWriter> content) => Write(path, file =>
    {
        // Not disposed of where the disk is full: it would write again.
        var writer = new StreamWriter(file, Utf8, leaveOpen: true) { NewLine = "\n" };
        content(writer);
        writer.Flush();
    });

    /// <inheritdoc cref="WriteText(string, Action{TextWriter})"/>
    public static void WriteText(string path, string content) => WriteText(path, writer => writer.Write(content));

    /// <summary>Begins a file that grows as a run goes on.</summary>
    /// <exception cref="DiskException">It cannot be written.</exception>
    public static FileStream Create(string path) => Create(path, path);

    /// <summary>Makes sure that a file survives a power loss.</summary>
    /// <exception cref="DiskException">That failed.</exception>
    public static void Flush(string path) => Step(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Flush(flushToDisk: true);
    });

    /// <exception cref="DiskException">It cannot be made.</exception>
    public static void CreateFolder(string path) => Step(path, () => Directory.CreateDirectory(path));

    /// <summary>Does one step of writing a file.</summary>
    /// <exception cref="DiskException">It failed.</exception>
    public static void Step(string path, Action step)
    {
        try
        {
            Stepping?.Invoke(path);
            step();
        }
        catch (Exception e) when (IsFault(e) || e is ArgumentOutOfRangeException)
        {
            // The last is how .NET reports EFBIG, a file that is larger than it may be.
            throw e as DiskException ?? new DiskException(path, e);
        }
    }

    /// <summary>Does what may fail without harm.</summary>
    public static void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (IsFault(e))
        {
        }
    }

    /// <summary>Whether something is the matter with files, not with the program.</summary>
    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException;

    private static OutputFile Create(string path, string name)
    {
        OutputFile? file = null;
        Step(name, () => file = new OutputFile(path, name));
        return file!;
    }

    /// <summary>A file whose every write is a step; it has no buffer that would be written when nobody expects it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is called when something is wrong with it.</param>
    private sealed class OutputFile(string path, string name)
        : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)
    {
        public override void Write(byte[] buffer, int offset, int count) => Step(name, () => base.Write(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Flush(bool flushToDisk) => Step(name, () => base.Flush(flushToDisk));
    }
}
