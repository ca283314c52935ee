using System.Net;
using System.Security.Cryptography.X509Certificates;
using Akka.Hosting;
using Akka.Remote.Transport.DotNetty;

namespace FLCrowd.Actors.Nodes;

/// <summary>Who gets in: on loopback anybody on this machine, elsewhere nobody without a certificate.</summary>
internal static class NodeSecurity
{
    /// <exception cref="SettingException">The node would be open to a network without TLS.</exception>
    public static void Check(NodeSettings node)
    {
        if (node.Tls is null && !(node.Host == "localhost" || (IPAddress.TryParse(node.Host, out var address) && IPAddress.IsLoopback(address))))
        {
            throw new SettingException(
                "cluster.host", $"is {node.Host}, which other machines may reach; without cluster.tls it must be 127.0.0.1");
        }
    }

    /// <summary>Mutual authentication by the private authority, where there is one.</summary>
    public static AkkaConfigurationBuilder WithNodeTls(this AkkaConfigurationBuilder builder, NodeTls? tls) => tls is null
        ? builder
        : builder.AddSetup(new DotNettySslSetup(
            tls.Certificate,
            suppressValidation: false,
            requireMutualAuthentication: true,
            customValidator: (certificate, _, _, _, _) => tls.Accepts(certificate as X509Certificate2)));
}
