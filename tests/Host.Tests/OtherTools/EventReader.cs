using System.Buffers.Binary;
using FLCrowd.Experiments.Identity;

namespace FLCrowd.Host.Tests.OtherTools;

/// <summary>Reads files of events as TensorBoard does: records whose checksums are right, decoded by TorchSharp's messages.</summary>
internal static class EventReader
{
    /// <summary>All scalars below a folder: by path of their folder, tag and step.</summary>
    public static Dictionary<(string Run, string Tag, long Step), float> Scalars(string folder) => Directory
        .GetFiles(folder, RunLayout.TensorBoardFile, SearchOption.AllDirectories)
        .SelectMany(file => Events(file)
            .SelectMany(item => item.Summary?.Value ?? [], (item, value) => (item.Step, Value: value))
            .Select(point => (
                Key: (Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/'), point.Value.Tag, point.Step),
                point.Value.SimpleValue)))
        .ToDictionary(point => point.Key, point => point.SimpleValue);

    /// <summary>The events of a file; the first one says which version it has.</summary>
    public static IReadOnlyList<Tensorboard.Event> Events(string file)
    {
        var events = Records(File.ReadAllBytes(file)).Select(Tensorboard.Event.Parser.ParseFrom).ToList();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.All(events.Skip(1), item => Assert.Empty(item.FileVersion));
        Assert.Equal(events.Select(item => item.Step).Order(), events.Select(item => item.Step));
        return events;
    }

    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Checksum(file[at..(at + 8)]), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            var record = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Checksum(record), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            yield return record;
            at += 16 + length;
        }
    }

    /// <summary>CRC-32C bit by bit, and turned as TensorFlow has it.</summary>
    public static uint Checksum(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }
}
