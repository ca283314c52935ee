using System.Security.Cryptography;
using System.Text;
using FLCrowd.Experiments.Processes;

namespace FLCrowd.Experiments.Loading;

/// <summary>Puts what a program in another language offers into the catalog.</summary>
internal static class ProgramLoader
{
    /// <summary>What the files of a program are; none of its code runs.</summary>
    /// <exception cref="SettingException">A file is not there, or cannot be read.</exception>
    public static PluginSource Identify(PluginFile file)
    {
        try
        {
            var words = file.Command!.Words;
            string[] others =
            [
                .. Python.Modules(file.Path).Select(module => $"{module.Key} {Python.Sha256(module.Value)}"),
                .. words.Where(word => word != file.Path && Path.IsPathRooted(word) && File.Exists(word))
                    .Select(word => $"{Path.GetFileName(word).Replace(' ', '_')} {Python.Sha256(word)}"),
            ];
            string own = File.Exists(file.Path) ? Python.Sha256(file.Path) : Convert.ToHexStringLower(SHA256.HashData([]));
            var code = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [own, .. others])));
            return new PluginSource(Path.GetFileName(file.Path), "", new Guid(code.AsSpan(0, 16)), file.Path, own)
            {
                Libraries = others,
                Command = file.Command,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw file.Wrong($"cannot be read: {e.Message}");
        }
    }

    /// <exception cref="SettingException">Says what is wrong with the program, and what would be right.</exception>
    public static void Load(PluginFile file, PluginCatalog catalog)
    {
        if (Path.IsPathRooted(file.Path) && !File.Exists(file.Path))
        {
            throw file.Wrong(Directory.Exists(file.Path) ? "is a folder; name the program in it" : "does not exist");
        }

        var source = Identify(file);
        try
        {
            var plugin = new ProcessPlugin(file.Command!, line => Console.Error.WriteLine($"{source.Name}: {line}"));
            catalog.Add(plugin, source with { Version = plugin.Runtime });
        }
        catch (SettingException e)
        {
            throw file.Wrong($": {e.Message}");
        }
        catch (InvalidDataException e)
        {
            throw file.Wrong(e.Message);
        }
    }
}
