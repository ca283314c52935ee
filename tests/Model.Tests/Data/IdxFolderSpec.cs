using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FLCrowd.Model.Tests.Data;

public sealed class IdxFolderSpec : IDisposable
{
    private const string Images = "train-images-idx3-ubyte.gz";
    private const string Labels = "train-labels-idx1-ubyte.gz";
    private readonly DataFolder _folder = new();

    private object Options => new { folder = _folder.Root };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Images_of_one_channel_in_47_classes_are_read(bool zipped)
    {
        WriteFolder(zipped: zipped);
        var data = DataFolder.Load("idx", Options);
        Assert.Equal(("idx", 47, new SampleShape(1, 4, 5)), (data.Name, data.ClassCount, data.Shape));
        Assert.Equal((94, 47), (data.Training.Count, data.Test.Count));
        Assert.Equal([.. Enumerable.Range(0, 94).Select(sample => (byte)(sample % 47))], data.Training.Labels);
        Assert.Equal([.. Pixels(94 * 20).Select(pixel => (float)pixel / 255f)], data.Training.Features);
        Assert.Equal(4, data.Files.Count);
        Assert.All(data.Files, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path))), file.Sha256));
    }

    [Fact]
    public void Images_of_three_channels_are_read_in_either_layout()
    {
        WriteFolder(dimensions: [2, 3, 2, 2]);
        var first = DataFolder.Load("idx", Options);
        Assert.Equal(new SampleShape(3, 2, 2), first.Shape);
        Assert.Equal([.. Pixels(24).Select(pixel => (float)pixel / 255f)], first.Training.Features);

        // The same pixels, channels last: pixel by pixel, its three channels.
        WriteFolder(dimensions: [2, 2, 2, 3]);
        var last = DataFolder.Load("idx", new { folder = _folder.Root, layout = "channels-last", scale = 1 });
        Assert.Equal(new SampleShape(3, 2, 2), last.Shape);
        Assert.Equal([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11], last.Training.Features[..12]);
    }

    [Theory]
    [InlineData(0x08, 250, -1, 250)]
    [InlineData(0x09, -100, -1, -100)]
    [InlineData(0x0B, -3000, -1, -3000)]
    [InlineData(0x0C, 70_000, -1, 70_000)]
    [InlineData(0x0D, 0.25, -1, 0.25)]
    [InlineData(0x0E, -1e-3, 10, -1e-4)]
    public void Every_type_of_number_is_read(int type, double value, double scale, double read)
    {
        WriteFolder(dimensions: [2, 3]);
        _folder.Write(Images, Idx(type, [2, 3], [1, 0, 0, 0, 0, value]));
        _folder.Write("t10k-images-idx3-ubyte.gz", Idx(type, [2, 3], [1, 0, 0, 0, 0, value]));
        var data = DataFolder.Load("idx", new { folder = _folder.Root, scale = scale < 0 ? 1 : scale });
        Assert.Equal((float)read, data.Training.Features[5]);
        Assert.Equal(new SampleShape(1, 1, 3), data.Shape);
    }

    [Fact]
    public void Files_of_other_names_can_be_named()
    {
        WriteFolder(prefix: "emnist-balanced-");
        Assert.StartsWith("FOLDER: has no file for train-images, such as train-images-idx3-ubyte.gz; data.idx.train-images",
            _folder.Refused("idx", Options), StringComparison.Ordinal);
        Assert.Equal(94, DataFolder.Load("idx", new Dictionary<string, object>
        {
            ["folder"] = _folder.Root,
            ["train-images"] = $"emnist-balanced-{Images}",
            ["train-labels"] = $"emnist-balanced-{Labels}",
            ["test-images"] = "emnist-balanced-t10k-images-idx3-ubyte.gz",
            ["test-labels"] = "emnist-balanced-t10k-labels-idx1-ubyte.gz",
            ["classes"] = 62,
        }).Training.Count);
    }

    [Fact]
    public void Checksums_are_compared_where_there_are_some()
    {
        WriteFolder();
        _folder.Write("SHA256SUMS", string.Concat(Directory.GetFiles(_folder.Root).Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}\n")));
        Assert.Equal(94, DataFolder.Load("idx", Options).Training.Count);
        _folder.Write(Labels, Idx(8, [94], new double[94]));
        Assert.StartsWith($"{Labels}: has SHA-256 ", _folder.Refused("idx", Options), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, byte[]> WrongFiles => new()
    {
        { $"{Images}: holds 3 bytes; its header alone must be 8", Images, [0, 0, 8] },
        {
            $"{Images}: has magic number 0x00000703; an idx file's is 0x0000TTRR, with TT the type of its numbers "
                + "(08, 09, 0b, 0c, 0d or 0e) and RR how many dimensions it has",
            Images, [0, 0, 7, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5]
        },
        { $"{Images}: holds 1879 bytes of data; must be 1880 (94 x 4 x 5)", Images, Idx(8, [94, 4, 5], Pixels(1879)) },
        { $"{Images}: holds 1881 bytes of data; must be 1880 (94 x 4 x 5)", Images, Idx(8, [94, 4, 5], Pixels(1881)) },
        {
            $"{Images}: holds 1 bytes of data; must be 79228162514264337593543950336 (16777216 x 16777216 x 16777216 x 16777216)",
            Images, Idx(8, [1 << 24, 1 << 24, 1 << 24, 1 << 24], Pixels(1))
        },
        { $"{Images}: has 0 as dimension 1; must be at least 1 and at most 16777216", Images, Idx(8, [94, 0, 5], []) },
        {
            $"{Images}: has one dimension (94); samples need two or more: samples x features, samples x height x width, "
                + "or samples x channels x height x width",
            Images, Idx(8, [94], Pixels(94))
        },
        { $"{Images}: has NaN as feature 1 of sample 1; must be finite", Images, Idx(0x0D, [2, 2], [1, 2, 3, double.NaN]) },
        { $"{Labels}: holds 93 labels; must be 94, as there are images", Labels, Idx(8, [93], new double[93]) },
        { $"{Labels}: holds 94 x 2 numbers; labels must be one for each sample", Labels, Idx(8, [94, 2], new double[188]) },
        { $"{Labels}: label 1 is 256; must be 0 to 255", Labels, Idx(0x0B, [94], [0, 256, .. new double[92]]) },
        { $"{Labels}: label 1 is 0.5; must be a whole number, 0 to 255", Labels, Idx(0x0D, [94], [0, 0.5, .. new double[92]]) },
        {
            "t10k-images-idx3-ubyte.gz: holds samples of 1 x 5 x 4; must be 1 x 4 x 5, as those to train on",
            "t10k-images-idx3-ubyte.gz", Idx(8, [47, 5, 4], Pixels(940))
        },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_named_with_what_would_be_right(string message, string name, byte[] content)
    {
        WriteFolder();
        _folder.Write(name, content);
        Assert.Equal(message, _folder.Refused("idx", Options));
    }

    [Fact]
    public void A_broken_gzip_file_is_named()
    {
        WriteFolder();
        _folder.Write(Images, DataFolder.Zip(Idx(8, [94, 4, 5], Pixels(1880)))[..^20]);
        Assert.StartsWith($"{Images}: ", _folder.Refused("idx", Options), StringComparison.Ordinal);
        _folder.Write(Images, [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255, 255, 255, 255]);
        Assert.StartsWith($"{Images}: is not a whole gzip file", _folder.Refused("idx", Options), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Equal("data.idx.folder: is not set; must be a folder of idx files", _folder.Refused("idx", new { }));
        Assert.Equal("nowhere: is no folder; must be a folder of idx files", _folder.Refused("idx", new { folder = _folder["nowhere"] }));
        WriteFolder();
        _folder.Write("train-images.idx3-ubyte", Idx(8, [1, 1], [1]));
        Assert.Equal($"FOLDER: has {Images} and train-images.idx3-ubyte; data.idx.train-images must name the one to read",
            _folder.Refused("idx", Options));
    }

    [Fact]
    public void What_no_array_holds_is_refused_before_it_is_read()
    {
        WriteFolder();
        using (var sparse = File.Create(_folder[Images]))
        {
            sparse.Write(Idx(8, [3_000_000, 1000], []));
            sparse.SetLength(12 + 3_000_000_000L);
        }

        Assert.Equal($"{Images}: holds 3000000 x 1000 elements, which no array can hold", _folder.Refused("idx", Options));
    }

    [Fact]
    public void Whatever_the_bytes_there_is_one_message()
    {
        WriteFolder(zipped: false);
        _folder.Fuzz("idx", Options, Images);
        _folder.Fuzz("idx", Options, Labels);
        WriteFolder(zipped: true);
        _folder.Fuzz("idx", Options, Images);
    }

    public void Dispose() => _folder.Dispose();

    internal static byte[] Idx(int type, int[] dimensions, IEnumerable<double> values)
    {
        var content = new List<byte> { 0, 0, (byte)type, (byte)dimensions.Length };
        foreach (int dimension in dimensions)
        {
            Add(4, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes, dimension));
        }

        foreach (double value in values)
        {
            switch (type)
            {
                case 8: content.Add((byte)value); break;
                case 9: content.Add((byte)(sbyte)value); break;
                case 0x0B: Add(2, bytes => BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value)); break;
                case 0x0C: Add(4, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes, (int)value)); break;
                case 0x0D: Add(4, bytes => BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value)); break;
                default: Add(8, bytes => BinaryPrimitives.WriteDoubleBigEndian(bytes, value)); break;
            }
        }

        return [.. content];

        void Add(int size, Action<byte[]> write)
        {
            var bytes = new byte[size];
            write(bytes);
            content.AddRange(bytes);
        }
    }

    private static IEnumerable<double> Pixels(int count) => Enumerable.Range(0, count).Select(k => (double)(k % 256));

    private void WriteFolder(bool zipped = false, int[]? dimensions = null, string prefix = "")
    {
        foreach (var (part, count) in new[] { ("train", 94), ("t10k", 47) })
        {
            int[] size = dimensions ?? [count, 4, 5];
            Write($"{part}-images-idx3-ubyte.gz", Idx(8, size, Pixels(size.Aggregate((a, b) => a * b))));
            Write($"{part}-labels-idx1-ubyte.gz", Idx(8, [size[0]], Enumerable.Range(0, size[0]).Select(sample => (double)(sample % 47))));
        }

        void Write(string name, byte[] content) => _folder.Write(prefix + name, zipped ? DataFolder.Zip(content) : content);
    }
}
