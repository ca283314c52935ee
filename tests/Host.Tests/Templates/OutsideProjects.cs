using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FLCrowd.Host.Tests.Templates;

/// <summary>
/// A new project and a copy of the sample in a folder of their own, built against the packed contracts. Other packages come from those that
/// this solution was built with: no network is needed.
/// </summary>
public sealed class OutsideProjects : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that <c>flcrowd new</c> wrote.</summary>
    public string Path => _folder.In("mine");

    public string Strategy => In("Mallory.TitForTat/bin/Release/net10.0/Mallory.TitForTat.dll");

    public string StrategyTests => In("Mallory.TitForTat.Tests/bin/Release/net10.0/Mallory.TitForTat.Tests.dll");

    public string Sample => In("FLCrowd.Sample.Plugin/bin/Release/net10.0/FLCrowd.Sample.Plugin.dll");

    /// <summary>What <c>flcrowd new</c> said.</summary>
    internal FlcrowdProcess New { get; private set; } = null!;

    public string In(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>The sources of this solution.</summary>
    public static string Solution() => System.IO.Path.GetFullPath("../../../..", ThisFile());

    private static string ThisFile([CallerFilePath] string path = "") => path;

    public async ValueTask InitializeAsync()
    {
        New = await FlcrowdProcess.RunAsync(_folder.Path, "new", "strategy", "mallory/tit-for-tat", "--out", "mine");
        Assert.Equal((0, ""), (New.ExitCode, New.Error));
        var sample = System.IO.Path.Combine(Solution(), "samples/FLCrowd.Sample.Plugin");
        Directory.CreateDirectory(In("FLCrowd.Sample.Plugin"));
        foreach (var file in Directory.EnumerateFiles(sample))
        {
            File.Copy(file, In($"FLCrowd.Sample.Plugin/{System.IO.Path.GetFileName(file)}"));
        }

        WriteSources(_folder);
        File.WriteAllText(In("All.slnx"), """
            <Solution>
              <Project Path="Mallory.TitForTat/Mallory.TitForTat.csproj" />
              <Project Path="Mallory.TitForTat.Tests/Mallory.TitForTat.Tests.csproj" />
              <Project Path="FLCrowd.Sample.Plugin/FLCrowd.Sample.Plugin.csproj" />
            </Solution>
            """);
        var build = await DotnetAsync("build", "All.slnx", "-c", "Release", "--disable-build-servers", "-nodeReuse:false");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
    }

    /// <summary>Packages of others than FLCrowd come from those that this solution was built with.</summary>
    internal static void WriteSources(TemporaryFolder folder)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        File.WriteAllText(folder.In("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="cache" value="{cache}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="flcrowd"><package pattern="FLCrowd.*" /></packageSource>
                <packageSource key="cache"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    internal Task<FlcrowdProcess> DotnetAsync(params string[] arguments) => DotnetAsync(_folder, Path, arguments);

    /// <summary>Runs <c>dotnet</c> with packages of its own.</summary>
    internal static async Task<FlcrowdProcess> DotnetAsync(TemporaryFolder folder, string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = folder.In("packages");
        using var process = Process.Start(start)!;
        return await FlcrowdProcess.EndAsync(process);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
