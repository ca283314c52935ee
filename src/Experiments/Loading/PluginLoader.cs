using System.Reflection;

namespace FLCrowd.Experiments.Loading;

/// <summary>Loads an assembly and puts what it registers into the catalog.</summary>
internal static class PluginLoader
{
    /// <summary>What a file is; none of its code is loaded, and no program is started.</summary>
    /// <exception cref="SettingException">It is no assembly, or a program whose files cannot be read.</exception>
    public static PluginSource Identify(PluginFile file) =>
        file.Command is null ? SourceOf(file, PluginHeader.Read(file)) : ProgramLoader.Identify(file);

    /// <exception cref="SettingException">Says which assembly or type is wrong, and what would be right.</exception>
    public static void Load(PluginFile file, PluginCatalog catalog)
    {
        if (file.Command is not null)
        {
            ProgramLoader.Load(file, catalog);
            return;
        }

        var header = PluginHeader.Read(file);
        RequireContract(file, header);
        var source = SourceOf(file, header);
        var types = EntryTypes(file, header, source);
        var plugins = types.Select(type => (type.FullName, Plugin: Create(file, type))).ToList();
        foreach (var (type, plugin) in plugins)
        {
            try
            {
                catalog.Add(plugin, source);
            }
            catch (SettingException e)
            {
                throw file.Wrong($"({type}): {e.Message}");
            }
            catch (Exception e)
            {
                throw file.Wrong($"({type}) failed to register: {Text(e)}");
            }
        }
    }

    private static PluginSource SourceOf(PluginFile file, PluginHeader header) =>
        new(header.Name, header.Version, header.Module, file.Path, header.Sha256) { Libraries = PluginLibraries.Of(file, header) };

    private static void RequireContract(PluginFile file, PluginHeader header)
    {
        var built = header.References.FirstOrDefault(name => name.Name == ContractVersion.Assembly)?.Version
            ?? throw file.Wrong($"has no plug-in in it: it does not reference {ContractVersion.Assembly}");
        if (!ContractVersion.Accepts(ContractVersion.Program, built))
        {
            throw file.Wrong(
                $"was built against version {ContractVersion.Text(built)} of {ContractVersion.Assembly}; this program needs "
                + $"{ContractVersion.Text(ContractVersion.Program)}: build it again with that package");
        }
    }

    private static List<Type> EntryTypes(PluginFile file, PluginHeader header, PluginSource source)
    {
        List<Type> types;
        try
        {
            var context = new PluginContext(file.Path, source.Checksum);
            if (header.References.FirstOrDefault(name => !context.Finds(name)) is { } missing)
            {
                throw file.Wrong(PluginContext.Missing(missing));
            }

            var assembly = context.LoadFromAssemblyPath(file.Path);
            if (assembly.ManifestModule.ModuleVersionId != header.Module)
            {
                throw file.Wrong("was changed while it was being loaded; try again");
            }

            types = [.. assembly.GetTypes()
                .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IPlugin)))
                .OrderBy(type => type.FullName, StringComparer.Ordinal)];
        }
        catch (ReflectionTypeLoadException e)
        {
            throw file.Wrong($"cannot be loaded: {e.LoaderExceptions.FirstOrDefault()?.Message ?? e.Message}");
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or InvalidOperationException)
        {
            throw file.Wrong($"cannot be loaded: {e.Message}");
        }

        return types.Count > 0
            ? types
            : throw file.Wrong($"has no plug-in in it: no class implements {nameof(IPlugin)}");
    }

    private static IPlugin Create(PluginFile file, Type type)
    {
        if (!type.IsVisible || type.GetConstructor(Type.EmptyTypes) is not { } constructor)
        {
            throw file.Wrong($"({type.FullName}) must be a public class with a public constructor without parameters");
        }

        try
        {
            return (IPlugin)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null);
        }
        catch (Exception e)
        {
            throw file.Wrong($"({type.FullName}) failed in its constructor: {Text(e)}");
        }
    }

    private static string Text(Exception e) =>
        e is TypeInitializationException { InnerException: { } inner } ? Text(inner) : $"{e.GetType().Name}: {e.Message}";
}
