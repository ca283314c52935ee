using System.Text.Json.Nodes;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Experiments.Collections;

/// <summary>Experiments that are run one after another.</summary>
/// <param name="Source">The collection.</param>
/// <param name="Configuration">What stands in it.</param>
/// <param name="Parts">Its experiments; their names are the names of their folders.</param>
internal sealed record Collection(ExperimentSource Source, JsonObject Configuration, IReadOnlyList<ExperimentSource> Parts)
{
    private const string Experiment = "experiment";
    private const string Kind = "kind";
    private const string List = "experiments";

    /// <summary>The collection that an experiment is; null: it is none.</summary>
    /// <exception cref="SettingException">It has other settings, names the same experiment twice, or one that does not exist.</exception>
    /// <param name="source">The experiment.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="folder">The current folder; null: that of this process.</param>
    public static Collection? Of(ExperimentSource source, AskedVariables? variables = null, string? folder = null)
    {
        variables ??= new();

        // Whatever else there is may refer to settings of the command line.
        if (new Resolver(source.Read(), variables).Text([ExperimentSources.Root, Experiment, Kind]) != "collection")
        {
            return null;
        }

        var tree = source.Written(variables, folder)
            .AnchorList([Experiment, List], part => part.Length > 0 && !ExperimentSources.Names.Contains(part));
        var experiment = (JsonObject)tree[Experiment]!;
        var other = tree.Select(entry => entry.Key).Where(key => key != Experiment)
            .Concat(experiment.Select(entry => entry.Key).Where(key => key is not (Kind or List)).Select(key => $"{Experiment}.{key}"))
            .FirstOrDefault();
        if (other is not null)
        {
            throw new SettingException(
                other,
                $"stands in a collection, which has no settings but {Experiment}.{List}; set it in its experiments, "
                + "or for all of them with --set");
        }

        var listed = (CollectionKind.Parts)new CollectionKind().Read(new Section(
            (JsonObject)SettingsTree.Merge(ExperimentSources.Reference, tree)[Experiment]!, Experiment));
        if (listed.Experiments.Count == 0)
        {
            throw new SettingException($"{Experiment}.{List}", "is empty; a collection needs experiments");
        }

        var parts = listed.Experiments.Select(part => ExperimentSources.Find(part)).ToList();
        if (parts.GroupBy(part => part.Name).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new SettingException($"{Experiment}.{List}", $"has two experiments of the name {twice.Key}, which would share a folder");
        }

        return parts.FirstOrDefault(part => Of(part, variables, folder) is not null) is { } nested
            ? throw new SettingException($"{Experiment}.{List}", $"has {nested.Name}, which is a collection itself")
            : new Collection(source, tree, parts);
    }
}
