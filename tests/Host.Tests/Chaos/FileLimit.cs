using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>How long files may become for a process that runs, on Linux.</summary>
internal static class FileLimit
{
    private const int OfFiles = 1;

    /// <summary>
    /// What a process is to be started by: a write beyond the limit is an error, and no signal; and the runtime itself needs no files.
    /// </summary>
    public static readonly string[] Launcher = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

    public static readonly (string Name, string Value)[] Environment = [("DOTNET_EnableWriteXorExecute", "0")];

    /// <summary>From now on no file of a process may become longer.</summary>
    public static void LimitFiles(this Process process, long bytes)
    {
        ulong[] limits = [(ulong)bytes, (ulong)bytes];
        Assert.True(prlimit(process.Id, OfFiles, limits, 0) == 0 || process.HasExited, "the limit cannot be set");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int prlimit(int process, int resource, ulong[] limits, nint old);
}
