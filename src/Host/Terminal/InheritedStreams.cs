using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace FLCrowd.Host.Terminal;

/// <summary>
/// The standard streams that this process was started with. Where one of them was closed, the first file that is opened takes its number,
/// and would get what
/// the program says: the numbers are occupied, and what the runtime itself has opened by now is told from what was inherited.
/// </summary>
internal static class InheritedStreams
{
    private const string Descriptors = "/proc/self/fdinfo";

    /// <summary>O_CLOEXEC on Linux: all that .NET opens has it, and nothing that outlived the start of a process can have it.</summary>
    private const int CloseOnExec = 0x80000;

    private static readonly List<SafeFileHandle> Occupied = [];

    /// <returns>Standard output and standard error; null where they are closed.</returns>
    public static (Stream? Output, Stream? Error) Open()
    {
        bool hasOutput = IsInherited(1), hasError = IsInherited(2);
        Occupy();
        return (hasOutput ? Console.OpenStandardOutput() : null, hasError ? Console.OpenStandardError() : null);
    }

    private static bool IsInherited(int descriptor)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Descriptors))
        {
            return true;
        }

        try
        {
            var flags = File.ReadLines($"{Descriptors}/{descriptor.ToString(CultureInfo.InvariantCulture)}")
                .First(line => line.StartsWith("flags:", StringComparison.Ordinal))["flags:".Length..].Trim();
            return (Convert.ToInt32(flags, fromBase: 8) & CloseOnExec) == 0;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static void Occupy()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        SafeFileHandle handle;
        while ((handle = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite)).DangerousGetHandle() <= 2)
        {
            Occupied.Add(handle);
        }

        handle.Dispose();
    }
}
