using FLCrowd.Model;
using FLCrowd.Strategies;

namespace FLCrowd.Experiments.Loading;

/// <summary>The plug-ins that the program knows.</summary>
internal static class Plugins
{
    /// <summary>The built-in ones, and those of the files given.</summary>
    /// <exception cref="SettingException">A file is no plug-in of this program.</exception>
    public static PluginCatalog Catalog(params IEnumerable<PluginFile> files)
    {
        var catalog = PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin());
        try
        {
            foreach (var file in files.DistinctBy(file => (file.Path, string.Join('\0', file.Command?.Words ?? []))))
            {
                PluginLoader.Load(file, catalog);
            }
        }
        catch
        {
            catalog.Dispose();
            throw;
        }

        return catalog;
    }
}
