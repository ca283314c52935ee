using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>Ports of this machine, for nodes that must be found at the same one again.</summary>
internal static class FreePort
{
    /// <summary>One that nobody listens on.</summary>
    public static string Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether somebody listens on one.</summary>
    public static bool IsTaken(string port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
        .Any(listener => listener.Port == int.Parse(port, CultureInfo.InvariantCulture));
}
