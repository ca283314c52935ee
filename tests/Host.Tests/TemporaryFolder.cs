namespace FLCrowd.Host.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flcrowd-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>A copy of a run that is part of the tests.</summary>
    public string CopyOfGoldenRun()
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "two-variants")))
        {
            File.Copy(file, In(System.IO.Path.GetFileName(file)));
        }

        return Path;
    }
}
