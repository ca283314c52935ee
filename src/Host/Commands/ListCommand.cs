using System.CommandLine;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Loading;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd list KIND</c>.</summary>
internal static class ListCommand
{
    private static readonly (string Name, PluginKind Kind)[] Kinds =
    [
        ("strategies", PluginKind.Strategy),
        ("mechanisms", PluginKind.Mechanism),
        ("models", PluginKind.Model),
        ("aggregators", PluginKind.Aggregator),
        ("surrogates", PluginKind.Surrogate),
        ("data-sets", PluginKind.DataSet),
        ("partitions", PluginKind.Partition),
    ];

    public static Command Create()
    {
        var command = new Command("list", "Shows what can be chosen in a configuration, with options, defaults and ranges.");
        foreach (var (name, kind) in Kinds)
        {
            var plugins = Argued.Plugins();
            var leaf = Leaf(name, parsed =>
            {
                using var catalog = Plugins.Catalog(PluginFile.Of(parsed.GetValue(plugins) ?? []));
                return Listing.Plugins(catalog.List(kind));
            });
            leaf.Add(plugins);
            command.Add(leaf);
        }

        command.Add(Leaf("experiments", _ => Listing.Experiments(ExperimentSources.Names.Select(name => ExperimentSources.Find(name)))));
        return command;
    }

    private static Command Leaf(string name, Func<ParseResult, string> text)
    {
        var leaf = new Command(name, $"Shows all {name.Replace('-', ' ')}.");
        leaf.SetAction(parsed =>
        {
            StandardStreams.Deliver(text(parsed));
            return ExitCode.Done;
        });
        return leaf;
    }
}
