using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using FLCrowd.Model.Data;

namespace FLCrowd.Model.Tests.Data;

public sealed class MnistFolderSpec : IDisposable
{
    private const string Images = "train-images-idx3-ubyte.gz";
    private const string Labels = "train-labels-idx1-ubyte.gz";
    private readonly string _folder = Directory.CreateTempSubdirectory("flcrowd").FullName;

    [Fact]
    public void The_real_data_are_read()
    {
        var data = Worlds.Mnist;
        Assert.Equal((60_000, 10_000, 10, 784), (data.Training.Count, data.Test.Count, data.ClassCount, data.Shape.FeatureCount));
        Assert.Equal(5, data.Training.Labels[0]);
        Assert.Equal(5923, data.Training.Labels.Count(label => label == 0));
        Assert.Equal((0f, 1f), (data.Training.Features.Min(), data.Training.Features.Max()));
        Assert.Equal(0.1307, data.Training.Features.Average(pixel => (double)pixel), 4);
    }

    [Fact]
    public void A_small_folder_is_read()
    {
        WriteFolder();
        Assert.Equal(20, MnistFolder.Load(_folder).Training.Count);
    }

    public static TheoryData<string, string, byte[]> WrongFiles => new()
    {
        { "magic number 2052; must be 2051", Images, Idx(0x804, [20, 28, 28], 20 * 784) },
        { "magic number 2051; must be 2049", Labels, Idx(0x803, [20], 20) },
        { "holds 15679 bytes of data; must be 15680 (20 x 28 x 28)", Images, Idx(0x803, [20, 28, 28], (20 * 784) - 1) },
        { "holds 15681 bytes of data; must be 15680", Images, Idx(0x803, [20, 28, 28], (20 * 784) + 1) },
        { "images of 14 x 56; must be 28 x 28", Images, Idx(0x803, [20, 14, 56], 20 * 784) },
        { "holds 19 labels; must be 20", Labels, Idx(0x801, [19], 19) },
        { "label 3 is 10; must be 0 to 9", Labels, Idx(0x801, [20], 20, (3, 10)) },
        { "as dimension 0; must be at least 1", Labels, Idx(0x801, [-1], 0) },
        { "its header alone must be 16", Images, Zip([0, 0, 8]) },
        { "has SHA-256", Images, Idx(0x803, [20, 28, 28], 20 * 784, (5, 9)) },
        { "is not a whole gzip file", Labels, [1, 2, 3] },
        { "must be", Labels, Idx(0x801, [20], 20)[..^20] },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_named_with_what_would_be_right(string problem, string name, byte[] content)
    {
        WriteFolder();
        File.WriteAllBytes(Path.Combine(_folder, name), content);
        var error = Assert.Throws<SettingException>(() => MnistFolder.Load(_folder));
        Assert.Equal(Path.Combine(_folder, name), error.Path);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Images)]
    [InlineData(Labels)]
    [InlineData("SHA256SUMS")]
    public void A_missing_file_is_named(string name)
    {
        WriteFolder();
        File.Delete(Path.Combine(_folder, name));
        var error = Assert.Throws<SettingException>(() => MnistFolder.Load(_folder));
        Assert.Equal(Path.Combine(_folder, name), error.Path);
        Assert.Contains("is missing", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteFolder()
    {
        var sums = new List<string>();
        foreach (var part in new[] { "train", "t10k" })
        {
            Write($"{part}-images-idx3-ubyte.gz", Idx(0x803, [20, 28, 28], 20 * 784));
            Write($"{part}-labels-idx1-ubyte.gz", Idx(0x801, [20], 20));
        }

        File.WriteAllLines(Path.Combine(_folder, "SHA256SUMS"), sums);

        void Write(string name, byte[] content)
        {
            File.WriteAllBytes(Path.Combine(_folder, name), content);
            sums.Add($"{Convert.ToHexStringLower(SHA256.HashData(content))}  {name}");
        }
    }

    private static byte[] Idx(int magic, int[] dimensions, int length, (int Index, byte Value)? change = null)
    {
        var content = new byte[(4 * (1 + dimensions.Length)) + length];
        BinaryPrimitives.WriteInt32BigEndian(content, magic);
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 * (1 + axis)), dimensions[axis]);
        }

        if (change is var (index, value))
        {
            content[(4 * (1 + dimensions.Length)) + index] = value;
        }

        return Zip(content);
    }

    private static byte[] Zip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
