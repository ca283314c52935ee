using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace FLCrowd.Actors.Network;

/// <summary>
/// A connection of two nodes that have greeted each other. What is written is sent in that order, each payload behind its length: a payload
/// is as long as it is, and is never cut.
/// </summary>
internal sealed class NodeConnection : AssociationHandle
{
    /// <summary>A payload that is longer is not copied on its way.</summary>
    private const int Large = 1 << 16;

    /// <summary>How long the other may take to read the last that was sent, once this side has closed.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly PayloadReader _reader;
    private readonly TaskCompletionSource _leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ByteString> _outgoing =
        Channel.CreateUnbounded<ByteString>(new UnboundedChannelOptions { SingleReader = true });

    public NodeConnection(Address local, Address remote, Socket socket, Stream stream, PayloadReader reader)
        : base(local, remote)
    {
        (_socket, _stream, _reader) = (socket, stream, reader);
        var sent = SendAsync();
        Closed = EndAsync(sent, ReceiveAsync());
    }

    /// <summary>Completes when nothing is sent or received any more.</summary>
    public Task Closed { get; }

    public override bool Write(ByteString payload) => _outgoing.Writer.TryWrite(payload);

    /// <summary>Closes once all is sent that was written before, if the other end takes it soon.</summary>
#pragma warning disable CS0672 // To be called with a reason; to be implemented without one.
    public override void Disassociate()
#pragma warning restore CS0672
    {
        _outgoing.Writer.TryComplete();
        _leaving.TrySetResult();
    }

    private async Task SendAsync()
    {
        await Task.Yield();
        try
        {
            var pipe = PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));
            while (await _outgoing.Reader.WaitToReadAsync())
            {
                while (_outgoing.Reader.TryRead(out var payload))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(pipe.GetSpan(sizeof(int)), payload.Length);
                    pipe.Advance(sizeof(int));
                    if (payload.Length <= Large)
                    {
                        pipe.Write(payload.Span);
                    }
                    else
                    {
                        await pipe.FlushAsync();
                        await _stream.WriteAsync(payload.Memory);
                    }

                    if (pipe.UnflushedBytes > Large)
                    {
                        await pipe.FlushAsync();
                    }
                }

                await pipe.FlushAsync();
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other end is gone, which whoever receives says.
        }

        _outgoing.Writer.TryComplete();
    }

    private async Task ReceiveAsync()
    {
        var listener = await ReadHandlerSource.Task;
        var incoming = new BufferedStream(_stream, Large);
        try
        {
            while (await _reader.ReadAsync(incoming) is { } payload)
            {
                listener.Notify(new InboundPayload(payload));
            }
        }
        finally
        {
            listener.Notify(new Disassociated(DisassociateInfo.Unknown));
        }
    }

    /// <summary>The connection ends when the other end is gone, or some time after this one said that it goes.</summary>
    private async Task EndAsync(Task sent, Task received)
    {
        try
        {
            await await Task.WhenAny(_leaving.Task, sent, received);
            await received.WaitAsync(Farewell);
        }
        catch (Exception)
        {
            // However it ends, it does: the listener was told.
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await _stream.DisposeAsync();
            _socket.Dispose();
            await sent;
        }
    }
}
