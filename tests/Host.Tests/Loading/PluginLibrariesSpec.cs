using FLCrowd.Experiments.Loading;

namespace FLCrowd.Host.Tests.Loading;

public sealed class PluginLibrariesSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_a_plug_in_brings_is_a_part_of_what_it_is()
    {
        // Any assembly with libraries beside it will do: its code is not loaded.
        string[] files = ["SkiaSharp.HarfBuzz.dll", "HarfBuzzSharp.dll", "SkiaSharp.dll"];
        foreach (var file in files)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), _folder.In(file));
        }

        var before = Identify(files[0]);
        Assert.Equal([Line("HarfBuzzSharp"), Line("SkiaSharp")], before.Libraries);

        File.AppendAllText(_folder.In("SkiaSharp.dll"), "changed");
        var after = Identify(files[0]);
        Assert.Equal([Line("HarfBuzzSharp"), Line("SkiaSharp")], after.Libraries);
        Assert.NotEqual(before.Libraries, after.Libraries);
        Assert.Equal(before.Sha256, after.Sha256);
        Assert.NotEqual(before.Checksum, after.Checksum);
        Assert.Empty(Identify("HarfBuzzSharp.dll").Libraries);
    }

    private PluginSource Identify(string file) => PluginLoader.Identify(new PluginFile(_folder.In(file), "test"));

    private string Line(string library) => $"{library} {Identify($"{library}.dll").Sha256}";
}
