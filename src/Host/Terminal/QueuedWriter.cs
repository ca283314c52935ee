using System.Text;

namespace FLCrowd.Host.Terminal;

/// <summary>Hands on what is written, line by line where it comes in lines.</summary>
/// <param name="encoding">What becomes of it.</param>
/// <param name="add">Takes it, at once.</param>
internal sealed class QueuedWriter(Encoding encoding, Action<string> add) : TextWriter
{
    public override Encoding Encoding => encoding;

    public override void Write(char value) => add(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            add(value);
        }
    }

    public override void WriteLine(string? value) => add(value + NewLine);
}
