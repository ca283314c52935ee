using FLCrowd.Actors.Builds;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Serialization;

namespace FLCrowd.Actors.Nodes;

/// <summary>What must be equal on all nodes, so that it does not matter which of them computes a number.</summary>
internal static class NodeIdentity
{
    /// <param name="build">The program.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="data">Names and checksums of the data that come with the program.</param>
    public static Hello Of(ProgramBuild build, PluginCatalog catalog, IEnumerable<string> data) => new(
        build.Version,
        build.Arithmetic,
        [.. ProtocolSerializer.Manifests.Keys.Order(StringComparer.Ordinal)],
        [.. catalog.Sources.Select(source =>
                $"{(source.Command is null ? "assembly" : "program")} {source.Name} {source.Version}, build {source.Module}"),
            .. catalog.Sources.SelectMany(source => source.Libraries.Select(library => $"library of {source.Name}: {library}")),
            .. Enum.GetValues<PluginKind>().SelectMany(kind => catalog.List(kind).Select(plugin =>
            $"{kind} {plugin.Name}({string.Join(", ", plugin.Options.Select(option => $"{option.Name} = {option.Default}"))})"))],
        [.. data],
        build.Runtime,
        [.. build.Parts]);

    /// <summary>Why a node may not join another one; empty where it may.</summary>
    public static IReadOnlyList<string> Differences(Hello here, Hello there)
    {
        var reasons = here.Build.Differences(there.Build).ToList();
        Compare("message formats", here.Messages, there.Messages);
        Compare("plug-ins", here.Plugins, there.Plugins);
        Compare("data", here.Data, there.Data);
        return reasons;

        void Compare(string what, string[] ours, string[] theirs)
        {
            if (ours.Except(theirs).ToList() is { Count: > 0 } missing)
            {
                reasons.Add($"it lacks these {what}: {string.Join("; ", missing)}");
            }

            if (theirs.Except(ours).ToList() is { Count: > 0 } foreign)
            {
                reasons.Add($"it has other {what}: {string.Join("; ", foreign)}");
            }
        }
    }
}
