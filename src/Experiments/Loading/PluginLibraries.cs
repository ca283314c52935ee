using System.Reflection;
using System.Runtime.Loader;

namespace FLCrowd.Experiments.Loading;

/// <summary>The libraries that a plug-in brings with it.</summary>
internal static class PluginLibraries
{
    /// <summary>Those that it refers to, directly or not, as "NAME SHA256" in order of names. No code of them is loaded.</summary>
    /// <exception cref="SettingException">What stands beside the plug-in, its <c>.deps.json</c> or a library, is not readable.</exception>
    public static IReadOnlyList<string> Of(PluginFile file, PluginHeader header)
    {
        var resolver = ResolverOf(file);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<AssemblyName>(header.References);
        while (open.TryPop(out var name))
        {
            if (!PluginContext.IsShared(name) && !found.ContainsKey(name.Name!) && resolver.ResolveAssemblyToPath(name) is { } path)
            {
                var library = PluginHeader.Read(file with { Path = path });
                found[name.Name!] = library.Sha256;
                library.References.ToList().ForEach(open.Push);
            }
        }

        return [.. found.Select(library => $"{library.Key} {library.Value}")];
    }

    private static AssemblyDependencyResolver ResolverOf(PluginFile file)
    {
        try
        {
            return new AssemblyDependencyResolver(file.Path);
        }
        catch (InvalidOperationException e)
        {
            throw file.Wrong($"cannot be loaded: {e.Message}");
        }
    }
}
