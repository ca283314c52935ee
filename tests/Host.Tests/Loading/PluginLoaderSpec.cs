using System.Reflection;
using System.Runtime.Loader;
using FLCrowd.Experiments.Loading;
using static FLCrowd.Host.Tests.Loading.PluginFiles;

namespace FLCrowd.Host.Tests.Loading;

public class PluginLoaderSpec
{
    [Fact]
    public void A_plug_in_is_loaded_beside_the_program_and_shares_the_contracts_only()
    {
        var catalog = Plugins.Catalog(new PluginFile(SampleDll, "test"));
        var strategy = catalog.CreateStrategy(new PluginChoice("sample/noisy-reporter"), client: 0);
        Assert.NotEqual(typeof(Sample.Plugin.SamplePlugin).Assembly, strategy.GetType().Assembly);
        Assert.Equal("FLCrowd.Sample.Plugin", AssemblyLoadContext.GetLoadContext(strategy.GetType().Assembly)!.Name);

        var source = Assert.Single(catalog.Sources);
        Assert.Equal(("FLCrowd.Sample.Plugin", SampleDll), (source.Name, source.File));
        Assert.Equal(typeof(Sample.Plugin.SamplePlugin).Module.ModuleVersionId, source.Module);
        Assert.StartsWith("0.1.0", source.Version, StringComparison.Ordinal);
        Assert.Equal(64, source.Sha256.Length);
        Assert.Equal(source, catalog.SourceOf(PluginKind.Mechanism, "sample/target-bonus"));
        Assert.Null(catalog.SourceOf(PluginKind.Strategy, "truthful"));
    }

    [Fact]
    public void A_file_that_is_named_twice_is_loaded_once() =>
        Assert.Single(Plugins.Catalog(new PluginFile(SampleDll, "plugins[0]"), new PluginFile(SampleDll, "--plugin")).Sources);

    [Fact]
    public void A_name_that_is_taken_says_by_whom()
    {
        using var folder = new TemporaryFolder();
        File.Copy(SampleDll, folder.In("Copy.dll"));
        Assert.EndsWith(
            "Copy.dll (FLCrowd.Sample.Plugin.SamplePlugin): sample/noisy-reporter: is registered twice as a strategy: "
            + "by FLCrowd.Sample.Plugin and by FLCrowd.Sample.Plugin",
            Error(folder, SampleDll, folder.In("Copy.dll")), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_without_a_vendor_are_built_in() => Assert.EndsWith(
        "FLCrowd.Strategies.dll (FLCrowd.Strategies.StrategiesPlugin): truthful: is no name for a strategy of a plug-in; must be "
        + "'vendor/truthful': plain names are built in",
        Error(null, BuiltIn), StringComparison.Ordinal);

    [Fact]
    public void A_library_that_is_missing_is_named_although_the_program_has_it()
    {
        using var folder = new TemporaryFolder();
        File.Copy(BuiltIn, folder.In("Alone.dll"));
        Assert.Contains(
            "Alone.dll needs MathNet.Numerics 5.0.0.0, which is neither beside it nor part of .NET", Error(folder, folder.In("Alone.dll")));
    }

    [Fact]
    public void What_is_no_assembly_is_said_to_be_none()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("text.dll"), "not an assembly");
        Assert.Equal($"test: {folder.In("text.dll")} is not a .NET assembly", Error(folder, folder.In("text.dll")));
        Assert.Equal($"test: {folder.In("none.dll")} does not exist", Error(folder, folder.In("none.dll")));
        Assert.Equal($"test: {folder.Path} is a folder; name the assembly (.dll) in it", Error(folder, folder.Path));
        Assert.EndsWith(
            "has no plug-in in it: it does not reference FLCrowd.Abstractions",
            Error(folder, typeof(MathNet.Numerics.Complex32).Assembly.Location),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_the_contracts_is_refused_before_anything_is_loaded()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith(
            "Other.dll was built against version 7.3 of FLCrowd.Abstractions; this program needs 0.1: build it again with that package",
            Error(folder, BuiltAgainst(folder, 7, 3)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", "0.1", true)]
    [InlineData("0.2", "0.1", false)]
    [InlineData("0.1", "0.2", false)]
    [InlineData("1.2", "1.2", true)]
    [InlineData("1.2", "1.0", true)]
    [InlineData("1.2", "1.3", false)]
    [InlineData("2.0", "1.9", false)]
    [InlineData("1.0", "0.9", false)]
    public void Minor_versions_add_once_there_is_a_first_major_one(string program, string plugin, bool accepted) =>
        Assert.Equal(accepted, ContractVersion.Accepts(Version.Parse(program), Version.Parse(plugin)));

    [Fact]
    public void An_entry_is_a_public_class_that_can_be_made_and_registers()
    {
        using var folder = new TemporaryFolder();
        Assert.EndsWith(
            "None.dll has no plug-in in it: no class implements IPlugin", Error(folder, Write(folder, "None", null, Nothing, null)),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "Hidden.dll (Hidden.Entry) must be a public class with a public constructor without parameters",
            Error(folder, Write(folder, "Hidden", typeof(IPlugin), Nothing, Nothing, TypeAttributes.NotPublic)), StringComparison.Ordinal);
        Assert.EndsWith(
            "Asking.dll (Asking.Entry) must be a public class with a public constructor without parameters",
            Error(folder, Write(folder, "Asking", typeof(IPlugin), null, Nothing)), StringComparison.Ordinal);
        Assert.EndsWith(
            "Born.dll (Born.Entry) failed in its constructor: InvalidOperationException: boom",
            Error(folder, Write(folder, "Born", typeof(IPlugin), Throw, Nothing)), StringComparison.Ordinal);
        Assert.EndsWith(
            "Late.dll (Late.Entry) failed to register: InvalidOperationException: boom",
            Error(folder, Write(folder, "Late", typeof(IPlugin), Nothing, Throw)), StringComparison.Ordinal);
    }

    private static string Error(TemporaryFolder? _, params string[] files) =>
        Assert.Throws<SettingException>(() => Plugins.Catalog(files.Select(file => new PluginFile(file, "test")))).Message;
}
