using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;

namespace FLCrowd.Actors.Network;

/// <summary>
/// Reads payloads behind their lengths. Nobody is believed about a length: memory is taken as the bytes come, up to limits for each payload
/// and for all that are unfinished together; who stops in the middle of one is given up.
/// </summary>
/// <param name="largest">The longest payload, in bytes.</param>
/// <param name="unfinished">For all connections.</param>
/// <param name="refused">Is told what is not read, after which nothing more is.</param>
internal sealed class PayloadReader(int largest, UnfinishedBytes unfinished, Action<string> refused)
{
    private const int Step = 1 << 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly byte[] _length = new byte[sizeof(int)];

    /// <summary>The next payload; null: there will be none.</summary>
    public async Task<ByteString?> ReadAsync(Stream stream)
    {
        if (await stream.ReadAtLeastAsync(_length, sizeof(int), throwOnEndOfStream: false) < sizeof(int))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(_length);
        if (length <= 0 || length > largest)
        {
            refused(string.Create(CultureInfo.InvariantCulture, $"a message of {length:N0} bytes; 1 to {largest:N0} are possible"));
            return null;
        }

        long taken = 0;
        using var patience = new CancellationTokenSource();
        try
        {
            byte[] bytes = [];
            for (int got = 0; got < length;)
            {
                if (got == bytes.Length)
                {
                    int more = Math.Min(length, Math.Max(Step, 2 * got)) - got;
                    if (!unfinished.TryTake(more))
                    {
                        refused("a message for which there is no memory: too many others are unfinished");
                        return null;
                    }

                    taken += more;
                    Array.Resize(ref bytes, got + more);
                }

                patience.CancelAfter(Patience);
                int read = await stream.ReadAsync(bytes.AsMemory(got), patience.Token);
                if (read == 0)
                {
                    return null;
                }

                got += read;
            }

            return UnsafeByteOperations.UnsafeWrap(bytes);
        }
        catch (OperationCanceledException)
        {
            refused("a message that was not finished");
            return null;
        }
        finally
        {
            unfinished.Give(taken);
        }
    }
}

/// <summary>Counts the memory of payloads that have not come completely.</summary>
/// <param name="limit">How much there may be, in bytes.</param>
internal sealed class UnfinishedBytes(long limit)
{
    private long _taken;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
