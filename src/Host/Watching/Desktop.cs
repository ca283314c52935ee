using System.ComponentModel;
using System.Diagnostics;

namespace FLCrowd.Host.Watching;

/// <summary>The desktop of whoever sits in front of the program, if there is one.</summary>
internal static class Desktop
{
    /// <summary>Opens an address in the user's browser, where the program talks to a terminal on a desktop.</summary>
    public static void Open(string address)
    {
        if (Console.IsOutputRedirected || Console.IsInputRedirected)
        {
            return;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                using var opened = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
            }
            else if (OperatingSystem.IsMacOS() || HasDisplay)
            {
                using var opened = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
            }
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            // The address is on the terminal.
        }
    }

    private static bool HasDisplay => ((string[])["DISPLAY", "WAYLAND_DISPLAY"])
        .Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
}
