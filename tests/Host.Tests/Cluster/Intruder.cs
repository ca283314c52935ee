using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;

namespace FLCrowd.Host.Tests.Cluster;

/// <summary>Whatever can be written to a port by somebody who does not belong there.</summary>
/// <param name="port">On loopback.</param>
internal sealed class Intruder(int port)
{
    private static readonly byte[] Greeting = [.. "flcrowd1"u8, 0, 0];

    private static readonly byte[][] Garbage =
    [
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
        [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [.. Greeting, 255, 255, 255, 127, 1, 2, 3],
        [.. Greeting, 0, 0, 0, 64, 1],
        [.. "flcrowd1"u8, 255, 255],
        [255],
        [],
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Connections that say what no node says, or nothing, and go.</summary>
    public async Task WriteGarbageAsync(int connections)
    {
        for (int i = 0; i < connections; i++)
        {
            await WriteAsync([Garbage[i % Garbage.Length]]);
        }
    }

    /// <summary>Connections that stay, and say no more than the first bytes of a handshake of TLS.</summary>
    public async Task<IReadOnlyList<Socket>> HoldAsync(int connections)
    {
        var held = new List<Socket>();
        for (int i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
            await socket.SendAsync(Garbage[1], Cancel);
            held.Add(socket);
        }

        return held;
    }

    /// <summary>
    /// Messages as a stranger writes them, with some bytes changed, each after the greeting and the handshake that are right: on a
    /// connection of its own, as a broken one may end it.
    /// </summary>
    public async Task WriteMutatedAsync(int messages, ulong seed)
    {
        var frames = await RecordAsync();
        var random = new Seed(seed).ToRandom();
        for (int done = 0; done < messages; done++)
        {
            await WriteAsync([Greeting, frames[0], Mutated(frames[random.Next(frames.Count)], random)]);
        }
    }

    private static byte[] Mutated(byte[] frame, Random random)
    {
        byte[] payload = [.. frame.AsSpan(sizeof(int))];
        for (int change = random.Next(1, 6); change > 0 && payload.Length > 1; change--)
        {
            int at = random.Next(payload.Length);
            payload = random.Next(3) switch
            {
                0 => [.. payload[..at], .. payload[(at + 1)..]],
                1 => [.. payload[..at], (byte)random.Next(256), .. payload[at..]],
                _ => [.. payload[..at], (byte)random.Next(256), .. payload[(at + 1)..]],
            };
        }

        return Framed(payload);
    }

    private static byte[] Framed(byte[] payload)
    {
        byte[] frame = [0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        return frame;
    }

    private async Task WriteAsync(IEnumerable<byte[]> parts)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
            foreach (var part in parts)
            {
                await socket.SendAsync(part, Cancel);
            }

            // Until the node has read it all, or has had enough of it.
            socket.Shutdown(SocketShutdown.Send);
            var answer = new byte[1024];
            while (await socket.ReceiveAsync(answer, Cancel) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The node has had enough.
        }
    }

    /// <summary>What a stranger sends to a node, frame by frame: through a port of equally many digits, which is then replaced by the
    /// node's.</summary>
    private async Task<List<byte[]>> RecordAsync()
    {
        using var relay = new TcpListener(IPAddress.Loopback, 0);
        relay.Start();
        int relayed = ((IPEndPoint)relay.LocalEndpoint).Port;
        await using var stranger = new Stranger();
        stranger.Attack(Address.Parse($"akka.tcp://flcrowd@127.0.0.1:{relayed}"));
        using var client = await relay.AcceptTcpClientAsync(Cancel);
        using var node = new TcpClient();
        await node.ConnectAsync(IPAddress.Loopback, port, Cancel);
        _ = node.GetStream().CopyToAsync(client.GetStream(), Cancel);

        var (from, to) = (client.GetStream(), node.GetStream());
        await RelayAsync(new byte[Greeting.Length]);
        var frames = new List<byte[]>();
        while (frames.Count < 60)
        {
            var length = await RelayAsync(new byte[sizeof(int)]);
            frames.Add(Framed(Replaced(await RelayAsync(new byte[BinaryPrimitives.ReadInt32LittleEndian(length)]))));
        }

        return frames;

        async Task<byte[]> RelayAsync(byte[] bytes)
        {
            await from.ReadExactlyAsync(bytes, Cancel);
            await to.WriteAsync(bytes, Cancel);
            return bytes;
        }

        byte[] Replaced(byte[] payload)
        {
            Assert.Equal($"{relayed}".Length, $"{port}".Length);
            return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(payload).Replace($"{relayed}", $"{port}", StringComparison.Ordinal));
        }
    }
}
