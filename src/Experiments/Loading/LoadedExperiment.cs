using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Loading;

/// <summary>An experiment's configuration, with absolute paths, and the plug-ins that it and the command line name.</summary>
internal sealed record LoadedExperiment(JsonObject Tree, PluginCatalog Catalog)
{
    /// <param name="written">The configuration as it was written.</param>
    /// <param name="plugins">Plug-ins that the command line names.</param>
    /// <param name="folder">Where their relative paths start; null: at the current folder.</param>
    /// <exception cref="SettingException">A file is no plug-in of this program.</exception>
    public static LoadedExperiment Of(WrittenSettings written, IReadOnlyList<string> plugins, string? folder = null)
    {
        var tree = PluginFile.Anchor(written);
        var catalog = Plugins.Catalog(PluginFile.Of(tree, plugins, folder));
        return new LoadedExperiment(written.AnchorFiles(catalog), catalog);
    }
}
