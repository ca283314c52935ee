using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Loading;
using FLCrowd.Experiments;

namespace FLCrowd.Host.Tests;

/// <summary>Configurations as the command line makes them.</summary>
internal static class Configured
{
    public static readonly PluginCatalog Catalog = Plugins.Catalog();

    /// <summary>The reference, with the quadratic model (no data to load) and the settings given.</summary>
    public static PreparedRun Run(params string[] settings) => File("flcrowd { learning.model = quadratic }", null, settings);

    public static PreparedRun File(string file, ulong? seed, params string[] settings) => File(Catalog, file, seed, settings);

    /// <summary>An experiment of those that `flcrowd list experiments` shows.</summary>
    public static PreparedRun Shipped(string name, params string[] settings) => PlanBuilder.Build(
        name, ExperimentSources.Resolve(ExperimentSources.Find(name), settings, null).AnchorFiles(Catalog), Catalog,
        ExperimentList.BuiltIn);

    public static PreparedRun File(PluginCatalog catalog, string file, ulong? seed, params string[] settings) => PlanBuilder.Build(
        "test",
        ExperimentSources.Resolve(new ExperimentSource("test", "test.conf", file, "test.conf"), settings, seed).AnchorFiles(catalog),
        catalog, ExperimentList.BuiltIn);

    public static string Error(params string[] settings) => Assert.Throws<SettingException>(() => Run(settings)).Message;
}
