using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;

namespace FLCrowd.Actors.Network;

/// <summary>
/// How Akka.Remote gets messages to other nodes: TCP, encrypted where the node has certificates. It replaces the transport that comes with
/// Akka.NET, which drops what is longer than a frame, writes stack traces for whatever a stranger sends, and ends a whole system whose
/// outgoing handshake fails.
/// </summary>
internal sealed class NodeTransport : Transport, IDisposable
{
    /// <summary>Connections that have not greeted yet; where there are more, the oldest goes.</summary>
    private const int MostGreeting = 256;

    private const int MostConnections = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _host;
    private readonly int _port;
    private readonly int _publicPort;
    private readonly NodeNetwork? _network;
    private readonly NodeTls? _tls;
    private readonly Tally _strangers;
    private readonly Tally _certificates;
    private readonly Tally _messages;
    private readonly int _largest;
    private readonly UnfinishedBytes _unfinished;
    private readonly LinkedList<Socket> _greeting = [];
    private readonly ConcurrentDictionary<NodeConnection, byte> _connections = new(ReferenceEqualityComparer.Instance);
    private Socket? _listener;
    private Address? _local;

    /// <param name="system">The node's system.</param>
    /// <param name="config"><c>akka.remote.flcrowd</c>.</param>
    public NodeTransport(ActorSystem system, Config config)
    {
        (System, Config, SchemeIdentifier) = (system, config, "tcp");
        (_host, _port, _publicPort) = (config.GetString("hostname"), config.GetInt("port"), config.GetInt("public-port"));
        MaximumPayloadBytes = _largest = (int)Math.Min(config.GetByteSize("largest-message", null)!.Value, Array.MaxLength);
        _unfinished = new UnfinishedBytes(config.GetByteSize("unfinished-messages", null)!.Value);
        _network = NodeNetwork.Of(system);
        _tls = _network?.Tls;
        var log = Logging.GetLogger(system, this);
        _strangers = new Tally(log, "refused connections of strangers", TimeProvider.System);
        _certificates = new Tally(log, "refused for a certificate", TimeProvider.System);
        _messages = new Tally(log, "refused messages", TimeProvider.System);
    }

    public override bool IsResponsibleFor(Address remote) => true;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var address = await ResolveAsync(_host);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, _port));
        _listener.Listen(backlog: 512);
        int known = _publicPort > 0 ? _publicPort : ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _local = new Address(SchemeIdentifier, System.Name, Named(_host), known);
        var promise = new TaskCompletionSource<IAssociationEventListener>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = AcceptAsync(_listener, promise.Task);
        return (_local, promise);
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        Socket? socket = null;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var address = await ResolveAsync(remoteAddress.Host!);
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(address, remoteAddress.Port!.Value), patience.Token);
            var stream = await Greeting.BeginAsync(new NetworkStream(socket), _tls, patience.Token);
            _network?.Note(remoteAddress, null);
            return Connected(remoteAddress, socket, stream);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            socket?.Dispose();
            string node = $"the node {remoteAddress.Host}:{remoteAddress.Port}";
            if (e is CertificateException)
            {
                _network?.Note(remoteAddress, e.Message);
                _certificates.Count($"{node}: {e.Message}");
            }
            else if (e is StrangerException)
            {
                _strangers.Count($"{node} is none: {e.Message}");
            }

            throw new InvalidAssociationException($"{node} cannot be reached: {e.Message}", e);
        }
    }

    public override async Task<bool> Shutdown()
    {
        Dispose();
        foreach (var connection in _connections.Keys)
        {
#pragma warning disable CS0618 // There is nobody to tell a reason.
            connection.Disassociate();
#pragma warning restore CS0618
        }

        await Task.WhenAll(_connections.Keys.Select(connection => connection.Closed));
        _strangers.Close();
        _certificates.Close();
        _messages.Close();
        return true;
    }

    /// <summary>No more connections are accepted.</summary>
    public void Dispose() => _listener?.Dispose();

    private async Task AcceptAsync(Socket listener, Task<IAssociationEventListener> ready)
    {
        var nodes = await ready;
        while (true)
        {
            try
            {
                _ = GreetAsync(await listener.AcceptAsync(), nodes);
            }
            catch (SocketException e) when (e.SocketErrorCode != SocketError.OperationAborted)
            {
                // Whoever it was went at once, or there are too many open files for now.
                await Task.Yield();
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task GreetAsync(Socket socket, IAssociationEventListener nodes)
    {
        string from = socket.RemoteEndPoint?.ToString() ?? "somebody";
        var place = Enter(socket);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            socket.NoDelay = true;
            var stream = await Greeting.AnswerAsync(new NetworkStream(socket), _tls, patience.Token);
            if (_connections.Count >= MostConnections)
            {
                throw new StrangerException($"there are {MostConnections} others");
            }

            var end = (IPEndPoint)socket.RemoteEndPoint!;
            var remote = new Address(SchemeIdentifier, System.Name, Named($"{end.Address}"), end.Port);
            nodes.Notify(new InboundAssociation(Connected(remote, socket, stream)));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Dispose();
            string why = e switch
            {
                OperationCanceledException => "it said nothing for too long",
                ObjectDisposedException => "there are too many others",
                _ => e.Message,
            };
            (e is CertificateException ? _certificates : _strangers).Count($"{from}: {why}");
        }
        finally
        {
            lock (_greeting)
            {
                if (place.List is not null)
                {
                    _greeting.Remove(place);
                }
            }
        }
    }

    private LinkedListNode<Socket> Enter(Socket socket)
    {
        lock (_greeting)
        {
            if (_greeting.Count == MostGreeting)
            {
                _greeting.First!.Value.Dispose();
                _greeting.RemoveFirst();
            }

            return _greeting.AddLast(socket);
        }
    }

    private NodeConnection Connected(Address remote, Socket socket, Stream stream)
    {
        var reader = new PayloadReader(_largest, _unfinished, why => _messages.Count($"{remote.Host}:{remote.Port}: {why}"));
        var connection = new NodeConnection(_local!, remote, socket, stream, reader);
        _connections[connection] = 0;
        connection.Closed.ContinueWith(_ => _connections.TryRemove(connection, out byte _), TaskScheduler.Default);
        return connection;
    }

    private static async Task<IPAddress> ResolveAsync(string host)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return address;
        }

        var all = await Dns.GetHostAddressesAsync(host);
        return all.OrderBy(found => found.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
    }

    /// <summary>A host as it stands in an actor's address.</summary>
    private static string Named(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;
}
