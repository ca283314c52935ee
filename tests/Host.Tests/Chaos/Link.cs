using System.Buffers.Binary;
using System.Net.Sockets;

namespace FLCrowd.Host.Tests.Chaos;

/// <summary>A connection of two nodes through a relay, message by message.</summary>
/// <param name="network">Says what becomes of messages.</param>
/// <param name="node">The node that was connected to.</param>
/// <param name="from">Whoever connected.</param>
/// <param name="to">That node.</param>
internal sealed class Link(FaultyNetwork network, int node, TcpClient from, TcpClient to) : IDisposable
{
    /// <summary>What each side says first: the program's name, and that it has nothing to say against the other.</summary>
    private const int Greeting = 10;

    private int _sender = -1;

    /// <summary>Whether it is one of a node's connections.</summary>
    public bool Joins(int one) => one >= 0 && (one == node || one == _sender);

    public async Task RelayAsync()
    {
        from.NoDelay = to.NoDelay = true;
        await await Task.WhenAny(
            CopyAsync(from.GetStream(), to.GetStream(), isFromSender: true),
            CopyAsync(to.GetStream(), from.GetStream(), isFromSender: false));
    }

    public void Dispose()
    {
        from.Dispose();
        to.Dispose();
    }

    private async Task CopyAsync(NetworkStream source, NetworkStream target, bool isFromSender)
    {
        try
        {
            var greeting = new byte[Greeting];
            await source.ReadExactlyAsync(greeting);
            await network.PassAsync(this, isIntroduction: true);
            await target.WriteAsync(greeting);
            for (bool isFirst = true; ; isFirst = false)
            {
                var frame = new byte[sizeof(int)];
                await source.ReadExactlyAsync(frame);
                int length = BinaryPrimitives.ReadInt32LittleEndian(frame);
                Array.Resize(ref frame, sizeof(int) + length);
                await source.ReadExactlyAsync(frame.AsMemory(sizeof(int)));
                if (isFirst && isFromSender)
                {
                    _sender = network.Sender(frame);
                }

                for (int times = await network.PassAsync(this, isFirst); times > 0; times--)
                {
                    await target.WriteAsync(frame);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection is over.
        }
    }
}
