namespace FLCrowd.Actors.Recording;

/// <summary>A file cannot be written; says which one, why, and, where a disk is full, where to make room.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="cause">What the system said.</param>
public sealed class DiskException(string path, Exception cause) : IOException(Text(path, cause), cause)
{
    /// <summary>ENOSPC and EDQUOT of Linux and macOS.</summary>
    private static readonly int[] UnixFull = [28, OperatingSystem.IsMacOS() ? 69 : 122];

    /// <summary>ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.</summary>
    private static readonly int[] WindowsFull = [39, 112];

    /// <summary>Whether there is no room: not the folder is wrong, but the moment.</summary>
    public bool IsFull { get; } = HasNoRoom(cause);

    private static bool HasNoRoom(Exception cause) => cause is ArgumentOutOfRangeException || (OperatingSystem.IsWindows()
        ? WindowsFull.Contains(cause.HResult & 0xFFFF)
        : UnixFull.Contains(cause.HResult));

    private static string Text(string path, Exception cause)
    {
        // The system adds the file that it was at, which may be a draft of this one.
        var reason = cause switch
        {
            UnauthorizedAccessException => "access is denied",
            ArgumentOutOfRangeException => "the file may not be that large",
            _ => cause.Message.Split(" : '")[0].TrimEnd('.'),
        };
        return HasNoRoom(cause)
            ? $"{path} cannot be written: {reason}; make room on the disk of {Path.GetDirectoryName(Path.GetFullPath(path))}"
            : $"{path} cannot be written: {reason}";
    }
}
