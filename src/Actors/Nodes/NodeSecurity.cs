using System.Net;

namespace FLCrowd.Actors.Nodes;

/// <summary>Who gets in: on loopback anybody on this machine, elsewhere nobody without a certificate.</summary>
internal static class NodeSecurity
{
    /// <exception cref="SettingException">The node would be open to a network without TLS.</exception>
    public static void Check(NodeSettings node)
    {
        if (node.Tls is null && !IsLoopback(node.Host))
        {
            throw new SettingException(
                "cluster.host", $"is {node.Host}, which other machines may reach; without cluster.tls it must be 127.0.0.1");
        }
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
