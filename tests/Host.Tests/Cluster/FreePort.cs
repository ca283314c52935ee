using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>Ports of this machine, for nodes that must be found at the same one again.</summary>
internal static class FreePort
{
    /// <summary>Below those that systems give to connections, which would take a port between its choice and its use.</summary>
    private const int First = 12_000, Last = 32_000;

    private static int _next = Environment.ProcessId * 97;

    /// <summary>One that nobody listens on.</summary>
    public static string Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % (Last - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException)
            {
                // The next one, then.
            }
        }
    }

    /// <summary>Whether somebody listens on one.</summary>
    public static bool IsTaken(string port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        .Any(listener => listener.Port == int.Parse(port, CultureInfo.InvariantCulture));
}
