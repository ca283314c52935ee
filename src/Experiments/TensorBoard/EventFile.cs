using System.Buffers.Binary;
using System.Numerics;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Identity;
using Google.Protobuf;

namespace FLCrowd.Experiments.TensorBoard;

/// <summary>
/// A file of events as TensorBoard reads it: records of TFRecord, each the protobuf message <c>tensorflow.Event</c>
/// (tensorflow/core/util/event.proto). TorchSharp has a writer, <c>torch.utils.tensorboard.SummaryWriter</c>; but it names files by clock,
/// machine and process and stamps the first event with the clock, so that equal runs have other bytes, appends number by number with a file
/// opened for each, so that a full disk leaves half a file, and has steps of 32 bits. What scalars need is here.
/// </summary>
internal static class EventFile
{
    /// <summary>What TensorFlow adds to a checksum of data that may hold checksums themselves.</summary>
    private const uint MaskDelta = 0xa282ead8;

    private const int BufferSize = 1 << 16;

    /// <summary>Replaces the file of a folder, which is made where it is not there.</summary>
    /// <param name="folder">The folder: to TensorBoard, a run.</param>
    /// <param name="scalars">By step, tags with their values.</param>
    /// <exception cref="DiskException">It cannot be written; what it was before stays.</exception>
    public static void Write(string folder, IEnumerable<(long Step, IReadOnlyList<(string Tag, float Value)> Values)> scalars)
    {
        Disk.CreateFolder(folder);
        Disk.Write(Path.Combine(folder, RunLayout.TensorBoardFile), file =>
        {
            // Not disposed of where the disk is full: it would write again.
            var buffered = new BufferedStream(file, BufferSize);
            Write(buffered, Encode(TimeOf(0), 0, output =>
            {
                output.WriteTag(3, WireFormat.WireType.LengthDelimited);
                output.WriteString("brain.Event:2");
            }));
            foreach (var (step, values) in scalars)
            {
                Write(buffered, Encode(TimeOf(step), step, output =>
                {
                    output.WriteTag(5, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(ByteString.CopyFrom(Summary(values)));
                }));
            }

            buffered.Flush();
        });
    }

    /// <summary>A step lasts a second, from the beginning of 1970: what really passed is not the same in equal runs.</summary>
    private static double TimeOf(long step) => 1 + step;

    private static byte[] Encode(double wallTime, long step, Action<CodedOutputStream> what) => Message(output =>
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallTime);
        output.WriteTag(2, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        what(output);
    });

    private static byte[] Summary(IReadOnlyList<(string Tag, float Value)> values) => Message(output =>
    {
        foreach (var (tag, value) in values)
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteLength(1 + CodedOutputStream.ComputeStringSize(tag) + 1 + sizeof(float));
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteString(tag);
            output.WriteTag(2, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        }
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(output);
        }

        return bytes.ToArray();
    }

    private static void Write(Stream file, byte[] data)
    {
        Span<byte> frame = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)data.Length);
        file.Write(frame);
        WriteChecksum(file, frame);
        file.Write(data);
        WriteChecksum(file, data);
    }

    private static void WriteChecksum(Stream file, ReadOnlySpan<byte> data)
    {
        Span<byte> sum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, BitOperations.RotateRight(Crc32C(data), 15) + MaskDelta);
        file.Write(sum);
    }

    private static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
