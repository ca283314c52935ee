using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FLCrowd.Actors.Builds;

/// <summary>What a process has beside .NET itself, as lines "NAME BUILD".</summary>
internal static class BuildParts
{
    /// <summary>Such a beginning holds the headers, in which linkers and packers leave the build's id.</summary>
    private const int Beginning = 1 << 16;

    /// <summary>
    /// A program's assembly and all that it refers to, directly or not, with their module version ids. None of them is loaded for it.
    /// </summary>
    public static IEnumerable<string> Assemblies(Assembly program)
    {
        var files = Listed("TRUSTED_PLATFORM_ASSEMBLIES")
            .Where(file => !IsOfRuntime(Path.GetDirectoryName(file)!))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([program.GetName().Name!]);
        while (open.TryPop(out var name))
        {
            if (seen.Add(name) && files.TryGetValue(name, out var file))
            {
                using var image = new PEReader(File.OpenRead(file));
                var metadata = image.GetMetadataReader();
                yield return $"{name} {metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}";
                foreach (var reference in metadata.AssemblyReferences)
                {
                    open.Push(metadata.GetString(metadata.GetAssemblyReference(reference).Name));
                }
            }
        }
    }

    /// <summary>The native libraries that come with the program: libtorch above all.</summary>
    public static IEnumerable<string> NativeLibraries() => Listed("NATIVE_DLL_SEARCH_DIRECTORIES")
        .Where(folder => !IsOfRuntime(folder) && Directory.Exists(folder))
        .SelectMany(Directory.EnumerateFiles)
        .Where(IsNative)
        .DistinctBy(Path.GetFileName)
        .Select(file => $"{Path.GetFileName(file)} {Fingerprint(file)}");

    private static bool IsNative(string file)
    {
        var name = Path.GetFileName(file);
        if (!name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            return name.EndsWith(".dylib", StringComparison.Ordinal)
                || name.EndsWith(".so", StringComparison.Ordinal)
                || name.Contains(".so.", StringComparison.Ordinal);
        }

        using var image = new PEReader(File.OpenRead(file));
        return !image.HasMetadata;
    }

    private static string Fingerprint(string file)
    {
        using var stream = File.OpenRead(file);
        var beginning = new byte[Math.Min(Beginning, stream.Length)];
        stream.ReadExactly(beginning);
        return $"{stream.Length}-{Convert.ToHexStringLower(SHA256.HashData(beginning).AsSpan(0, 8))}";
    }

    private static string[] Listed(string property) =>
        (AppContext.GetData(property) as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOfRuntime(string folder) => Folder(folder) == Folder(RuntimeEnvironment.GetRuntimeDirectory());

    private static string Folder(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
