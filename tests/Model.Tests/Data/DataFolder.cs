using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace FLCrowd.Model.Tests.Data;

/// <summary>A folder of files that a test makes, and what is read from it by configuration alone.</summary>
public sealed class DataFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("flcrowd").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Loads a data set with options, as the configuration does.</summary>
    public static DataSet Load(string name, object options) =>
        PluginCatalog.Of(new ModelPlugin()).CreateDataSet(new PluginChoice(name, JsonSerializer.Serialize(options), $"data.{name}"));

    /// <summary>The one message of what is wrong, without the folder.</summary>
    public string Refused(string name, object options) =>
        Assert.Throws<SettingException>(() => Load(name, options)).Message
            .Replace(Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(Root, "FOLDER", StringComparison.Ordinal);

    /// <summary>Whatever happens to a file's bytes: a data set comes out, or one message.</summary>
    public void Fuzz(string name, object options, string file, int times = 300)
    {
        var whole = File.ReadAllBytes(this[file]);
        var random = new Seed(16).For("fuzz").For(name).ToRandom();
        for (int time = 0; time < times; time++)
        {
            var content = (byte[])whole.Clone();
            if (time % 3 == 0)
            {
                content = content[..random.Next(content.Length)];
            }

            for (int flips = time % 3 == 0 ? 0 : random.Next(1, 6); flips > 0; flips--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(this[file], content);
            try
            {
                Load(name, options);
            }
            catch (SettingException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        File.WriteAllBytes(this[file], whole);
    }

    public static byte[] Zip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
