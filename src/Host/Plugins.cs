using FLCrowd.Model;
using FLCrowd.Strategies;

namespace FLCrowd.Host;

/// <summary>The plug-ins that the program knows.</summary>
internal static class Plugins
{
    public static PluginCatalog Catalog() => PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin());
}
