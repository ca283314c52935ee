using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FLCrowd.Host.Tests.Cluster;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>The port that a node is known by: hands connections on to the node itself.</summary>
internal sealed class Relay : IDisposable
{
    private readonly FaultyNetwork _network;
    private readonly int _node;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Relay(FaultyNetwork network, int node)
    {
        (_network, _node) = (network, node);
        _listener.Start();
        Behind = int.Parse(FreePort.Next(), CultureInfo.InvariantCulture);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The port of the node itself.</summary>
    public int Behind { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = JoinAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task JoinAsync(TcpClient client)
    {
        var node = new TcpClient();
        try
        {
            await node.ConnectAsync(IPAddress.Loopback, Behind);
        }
        catch (SocketException)
        {
            node.Dispose();
            client.Dispose();
            return;
        }

        using var link = new Link(_network, _node, client, node);
        _network.Add(link);
        await link.RelayAsync();
        _network.Remove(link);
    }
}
