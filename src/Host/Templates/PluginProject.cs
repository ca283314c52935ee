using System.Reflection;
using System.Text;
using System.Xml.Linq;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Templates;

/// <summary>A project for a plug-in of one's own: that of a template under another name, with the packages that it needs.</summary>
internal static class PluginProject
{
    private static readonly Assembly Resources = typeof(PluginProject).Assembly;

    /// <summary>Such as 0.1.0.</summary>
    private static readonly string Version =
        Resources.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly string[] Packages = ["FLCrowd.Abstractions", "FLCrowd.Conformance"];

    /// <summary>Writes all files into a folder that is empty or not there yet.</summary>
    /// <exception cref="SettingException">The folder holds something, or cannot be written; what was written of it is gone
    /// again.</exception>
    /// <exception cref="DiskException">The disk is full.</exception>
    public static void Write(PluginTemplate template, PluginName name, string folder)
    {
        if (Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Any() : File.Exists(folder))
        {
            throw new SettingException(folder, "exists and is not an empty folder; choose another one with --out");
        }

        var written = new List<string>();
        var folders = new List<MadeFolders>();
        try
        {
            foreach (var (file, content) in Files(template, name))
            {
                var path = Path.Combine(folder, file);
                folders.Insert(0, MadeFolders.Of(Path.GetDirectoryName(path)!));
                using var source = content();
                Disk.Write(path, source.CopyTo);
                written.Add(path);
            }
        }
        catch (Exception e) when (Disk.IsFault(e))
        {
            written.ForEach(path => Disk.Try(() => File.Delete(path)));
            folders.ForEach(made => made.TakeBack());
            throw e is DiskException { IsFull: true } ? e : new SettingException(folder, e.Message);
        }
    }

    private static IEnumerable<(string Path, Func<Stream> Content)> Files(PluginTemplate template, PluginName name) =>
        template.Language == PluginLanguage.Python
            ? [.. Renamed(Own($"new-{template.Kind}-python/"), template, name), ("flcrowd.py", () => Utf8(Text("python/flcrowd.py")))]
            : Project(template, name);

    private static IEnumerable<(string Path, Func<Stream> Content)> Renamed(
        IEnumerable<(string Path, string Resource)> files, PluginTemplate template, PluginName name) => files.Select(file => (
            template.Rename(file.Path, name), (Func<Stream>)(() => Utf8(template.Rename(Text(file.Resource), name)))));

    private static IEnumerable<(string Path, Func<Stream> Content)> Project(PluginTemplate template, PluginName name) =>
    [
        .. Renamed(Own($"new-{template.Kind}/").Concat(Own("new/")), template, name),
        ("Directory.Packages.props", () => Utf8(PackageVersions())),
        ("nuget.config", () => Utf8(PackageSource)),
        .. Packages.Select(package => Path.Combine("packages", $"{package}.{Version}.nupkg")).Select(package =>
            (package, (Func<Stream>)(() => File.OpenRead(Path.Combine(AppContext.BaseDirectory, package))))),
    ];

    /// <summary>The resources of a folder, and their paths in it.</summary>
    private static IEnumerable<(string Path, string Resource)> Own(string folder) => Resources.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
        .Select(resource => (resource[folder.Length..], resource));

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

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

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Resources.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
