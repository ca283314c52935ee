using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace FLCrowd.Experiments.Loading;

/// <summary>What a file says of itself before any of its code is loaded.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">Its version, as its author wrote it.</param>
/// <param name="Module">Its module version id.</param>
/// <param name="Sha256">The file's checksum.</param>
/// <param name="References">The assemblies that it was compiled against.</param>
internal sealed record PluginHeader(string Name, string Version, Guid Module, string Sha256, IReadOnlyList<AssemblyName> References)
{
    private const string VersionAttribute = nameof(AssemblyInformationalVersionAttribute);

    /// <exception cref="SettingException">There is no such file, or it is no .NET assembly.</exception>
    public static PluginHeader Read(PluginFile file)
    {
        if (!File.Exists(file.Path))
        {
            throw file.Wrong(Directory.Exists(file.Path) ? "is a folder; name the assembly (.dll) in it" : "does not exist");
        }

        try
        {
            var bytes = File.ReadAllBytes(file.Path);
            using var image = new PEReader(new MemoryStream(bytes));
            if (!image.HasMetadata)
            {
                throw file.Wrong("is not a .NET assembly");
            }

            var metadata = image.GetMetadataReader();
            var name = metadata.GetAssemblyDefinition().GetAssemblyName();
            return new PluginHeader(
                name.Name!,
                WrittenVersion(metadata) ?? $"{name.Version}",
                metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw file.Wrong("is not a .NET assembly");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw file.Wrong($"cannot be read: {e.Message}");
        }
    }

    /// <summary>The text of the attribute AssemblyInformationalVersion: in its blob behind a prolog of two bytes.</summary>
    private static string? WrittenVersion(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                    is { Kind: HandleKind.TypeReference } type
                && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, VersionAttribute))
            {
                var blob = metadata.GetBlobReader(attribute.Value);
                blob.ReadUInt16();
                return blob.ReadSerializedString();
            }
        }

        return null;
    }
}
