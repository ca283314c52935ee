using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace FLCrowd.Experiments.Loading;

/// <summary>
/// Where a plug-in and its libraries are loaded. It shares the contracts with the program, what they expose, and .NET; every other library
/// is the plug-in's own, whatever version of it the program uses.
/// </summary>
internal sealed class PluginContext : AssemblyLoadContext
{
    /// <summary>The contracts use these; a plug-in that brings its own copy uses that.</summary>
    private static readonly HashSet<string> OfTheContracts =
        [.. typeof(IPlugin).Assembly.GetReferencedAssemblies().Select(name => name.Name!)];

    private readonly AssemblyDependencyResolver _resolver;

    /// <param name="file">The plug-in's file.</param>
    /// <param name="checksum">As in <see cref="PluginSource.Checksum"/>.</param>
    /// <exception cref="InvalidOperationException">What stands beside the file, its <c>.deps.json</c>, is not readable.</exception>
    public PluginContext(string file, string checksum)
        : base(Path.GetFileNameWithoutExtension(file)) => (_resolver, Checksum) = (new AssemblyDependencyResolver(file), checksum);

    /// <summary>What code is in it, as far as the plug-in says.</summary>
    public string Checksum { get; }

    /// <summary>The load context of the plug-in that an assembly belongs to; null for the program's own.</summary>
    public static PluginContext? Of(Assembly assembly) => GetLoadContext(assembly) as PluginContext;

    /// <summary>Whether the plug-in can have an assembly that it was compiled against.</summary>
    public bool Finds(AssemblyName name) =>
        IsShared(name) || _resolver.ResolveAssemblyToPath(name) is not null || OfTheContracts.Contains(name.Name!);

    /// <summary>What to say of one that it cannot have.</summary>
    public static string Missing(AssemblyName name) =>
        $"needs {name.Name} {name.Version}, which is neither beside it nor part of .NET; "
        + "have its libraries copied with it (EnableDynamicLoading in its project, or dotnet publish)";

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName))
        {
            return null;
        }

        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } path)
        {
            return LoadFromAssemblyPath(path);
        }

        // What is null here is looked for among the program's own libraries.
        return !string.IsNullOrEmpty(assemblyName.CultureName) || OfTheContracts.Contains(assemblyName.Name!)
            ? null
            : throw new FileNotFoundException($"{Name} {Missing(assemblyName)}", assemblyName.Name);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    /// <summary>Whether the plug-in has an assembly from the program, or from .NET.</summary>
    public static bool IsShared(AssemblyName name) =>
        name.Name == ContractVersion.Assembly || File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), $"{name.Name}.dll"));
}
