using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Serialization;

namespace FLCrowd.Actors.Nodes;

/// <summary>What must be equal on all nodes, so that it does not matter which of them computes a number.</summary>
internal static class NodeIdentity
{
    /// <param name="catalog">All plug-ins.</param>
    /// <param name="data">Names and checksums of the data that come with the program.</param>
    public static Hello Of(PluginCatalog catalog, IEnumerable<string> data) => new(
        typeof(NodeIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        $"{RuntimeInformation.ProcessArchitecture}, vectors of {VectorBits} bits",
        [.. ProtocolSerializer.Manifests.Keys.Order(StringComparer.Ordinal)],
        [.. catalog.Sources.Select(source => $"assembly {source.Name} {source.Version}, build {source.Module}"),
            .. Enum.GetValues<PluginKind>().SelectMany(kind => catalog.List(kind).Select(plugin =>
            $"{kind} {plugin.Name}({string.Join(", ", plugin.Options.Select(option => $"{option.Name} = {option.Default}"))})"))],
        [.. data]);

    /// <summary>Why a node may not join another one; empty where it may.</summary>
    public static IReadOnlyList<string> Differences(Hello here, Hello there)
    {
        var reasons = new List<string>();
        if (here.Version != there.Version)
        {
            reasons.Add($"its version is {there.Version}, here it is {here.Version}");
        }

        if (here.Arithmetic != there.Arithmetic)
        {
            reasons.Add($"its processor ({there.Arithmetic}) sums in another order than the one here ({here.Arithmetic})");
        }

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

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
