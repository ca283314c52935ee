using FLCrowd.Actors.Recording;

namespace FLCrowd.Experiments.Folders;

/// <summary>A folder, and those above it that had to be made for it. They can be taken back where they are empty: others may have begun to
/// use them.</summary>
internal sealed class MadeFolders
{
    /// <summary>Somebody may take back a folder above, which is empty, just before this one is made in it.</summary>
    private const int Tries = 5;

    /// <summary>The innermost one first.</summary>
    private readonly List<string> _made = [];

    /// <summary>Makes a folder, if it is not there.</summary>
    /// <exception cref="DiskException">It cannot be made.</exception>
    public static MadeFolders Of(string path)
    {
        var made = new MadeFolders();
        for (
            string? folder = Path.GetFullPath(path);
            folder is not null && !Directory.Exists(folder);
            folder = Path.GetDirectoryName(folder))
        {
            made._made.Add(folder);
        }

        for (int tries = 1; ; tries++)
        {
            try
            {
                Disk.CreateFolder(path);
                return made;
            }
            catch (DiskException e) when (e.InnerException is DirectoryNotFoundException && tries < Tries)
            {
            }
            catch
            {
                made.TakeBack();
                throw;
            }
        }
    }

    /// <summary>Removes what is empty.</summary>
    public void TakeBack() => _made.ForEach(folder => Disk.Try(() => Directory.Delete(folder)));
}
