using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FLCrowd.Actors.Learning;

/// <summary>What a data set holds, in a word that nodes can compare: SHA-256 over its shape, its features and its labels.</summary>
internal static class DataChecksum
{
    private static readonly ConditionalWeakTable<DataSet, string> Known = [];

    /// <summary>Such as "mnist 9f86d0818884"; computed once per data set.</summary>
    public static string Of(DataSet data) => Known.GetValue(data, Compute);

    private static string Compute(DataSet data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> shape = stackalloc byte[4 * sizeof(int)];
        foreach (var (index, size) in ((int[])[data.ClassCount, data.Shape.Channels, data.Shape.Height, data.Shape.Width]).Index())
        {
            BinaryPrimitives.WriteInt32LittleEndian(shape[(index * sizeof(int))..], size);
        }

        hash.AppendData(shape);
        var piece = new float[1 << 14];
        foreach (var part in (LabeledSamples[])[data.Training, data.Test])
        {
            for (long start = 0; start < part.FeatureCount; start += piece.Length)
            {
                var features = piece.AsSpan(0, (int)Math.Min(piece.Length, part.FeatureCount - start));
                part.CopyFeatures((int)start, features);
                hash.AppendData(MemoryMarshal.AsBytes(features));
            }

            hash.AppendData(part.Labels);
        }

        // Partitions and labels may come from columns.
        foreach (var text in data.Columns.OrderBy(column => column.Key, StringComparer.Ordinal)
            .SelectMany(column => column.Value.Prepend(column.Key).Concat(data.ClassNames)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return $"{data.Name} {Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6))}";
    }
}
