using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FLCrowd.Actors.Recording;

/// <summary>A table that grows while a run goes on, by whole episodes: what a full disk cut off is taken back.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly FileStream _file;
    private readonly CsvWriter _writer;
    private long _whole;

    /// <exception cref="DiskException">It cannot be written.</exception>
    public CsvTable(string path, object?[] header)
    {
        _file = Disk.Create(path);
        _writer = new CsvWriter(
            new StreamWriter(_file, new UTF8Encoding(false), bufferSize: 1 << 16) { NewLine = "\n" },
            new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        try
        {
            Row(header);
            Flush();
            Keep();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Writes a row: numbers so that they read back to the same bits.</summary>
    public void Row(object?[] fields)
    {
        foreach (var field in fields)
        {
            _writer.WriteField(Convert.ToString(field, CultureInfo.InvariantCulture));
        }

        _writer.NextRecord();
    }

    /// <summary>Hands what was written to the system.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>What was flushed stays.</summary>
    public void Keep() => _whole = _file.Length;

    /// <summary>Takes back what was not kept, and ends. What waits in the writer must not be written later: it is left alone.</summary>
    public void Abandon() => Disk.Try(() =>
    {
        using (_file)
        {
            _file.SetLength(_whole);
        }
    });

    /// <summary>Lets go of the file. All that was kept is in it, so that nothing is written, and nothing can fail, here.</summary>
    public void Dispose() => _file.Dispose();
}
