using System.Reflection;
using System.Xml.Linq;

namespace FLCrowd.Host.Templates;

/// <summary>A project for a strategy of one's own: the one of samples/new-strategy under another name, with the packages that it needs.</summary>
internal static class StrategyProject
{
    private const string Prefix = "new-strategy/";

    private static readonly Assembly Resources = typeof(StrategyProject).Assembly;

    /// <summary>Such as 0.1.0.</summary>
    private static readonly string Version =
        Resources.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly string[] Packages = ["FLCrowd.Abstractions", "FLCrowd.Conformance"];

    /// <summary>Writes all files into a folder that is empty or not there yet.</summary>
    /// <exception cref="SettingException">The folder holds something, or cannot be written.</exception>
    public static void Write(PluginName name, string folder)
    {
        if (Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Any() : File.Exists(folder))
        {
            throw new SettingException(folder, "exists and is not an empty folder; choose another one with --out");
        }

        try
        {
            foreach (var resource in Resources.GetManifestResourceNames().Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                WriteFile(folder, name.Rename(resource[Prefix.Length..]), name.Rename(Text(resource)));
            }

            WriteFile(folder, "Directory.Packages.props", PackageVersions());
            WriteFile(folder, "nuget.config", PackageSource);
            foreach (var package in Packages.Select(package => $"{package}.{Version}.nupkg"))
            {
                Directory.CreateDirectory(Path.Combine(folder, "packages"));
                File.Copy(Path.Combine(AppContext.BaseDirectory, "packages", package), Path.Combine(folder, "packages", package));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(folder, $"cannot be written: {e.Message}");
        }
    }

    private const string PackageSource = """
        <configuration>
          <packageSources>
            <add key="flcrowd" value="packages" />
          </packageSources>
        </configuration>

        """;

    /// <summary>The versions of this program, and of the test framework that its own tests use.</summary>
    private static string PackageVersions()
    {
        var xunit = XDocument.Parse(Text("Directory.Packages.props")).Descendants("PackageVersion")
            .First(package => package.Attribute("Include")!.Value == "xunit.v3").Attribute("Version")!.Value;
        var versions = Packages.Select(package => (Package: package, Version)).Append((Package: "xunit.v3", Version: xunit));
        return $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <NoWarn>$(NoWarn);NU1507</NoWarn>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', versions.Select(entry => $"    <PackageVersion Include=\"{entry.Package}\" Version=\"{entry.Version}\" />"))}
              </ItemGroup>
            </Project>

            """;
    }

    private static void WriteFile(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Resources.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
