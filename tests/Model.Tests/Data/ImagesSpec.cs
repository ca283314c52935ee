using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace FLCrowd.Model.Tests.Data;

public sealed class ImagesSpec : IDisposable
{
    /// <summary>A JPEG file of 8 x 8 pixels of grey 128: quantisation tables of ones, and no coefficient but zero.</summary>
    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
        0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0,
        0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0,
        0x3F,
        0xFF, 0xD9,
    ];

    private readonly DataFolder _folder = new();

    [Fact]
    public void Folders_to_train_and_to_test_on_are_read()
    {
        _folder.Write("train/b/2.png", Png(2, 2, 3, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]));
        _folder.Write("train/b/10.PNG", Png(2, 2, 3, new byte[12]));
        _folder.Write("train/a/x.png", Png(2, 2, 3, [.. Enumerable.Repeat((byte)255, 12)]));
        _folder.Write("train/a/.hidden", "");
        _folder.Write("train/a/Thumbs.db", "");
        _folder.Write("test/b/y.png", Png(2, 2, 1, [0, 51, 102, 255]));
        var data = DataFolder.Load("images", With(2));
        Assert.Equal(["a", "b"], data.ClassNames);
        Assert.Equal(["a/x.png", "b/10.PNG", "b/2.png"], data.Columns["file"]);
        Assert.Equal([0, 1, 1], data.Training.Labels);
        Assert.Equal(new SampleShape(3, 2, 2), data.Shape);
        Assert.Equal(
            new float[] { 10, 40, 70, 100, 20, 50, 80, 110, 30, 60, 90, 120 }.Select(pixel => pixel / 255),
            data.Training.Features[24..]);
        Assert.Equal([0, 0.2f, 0.4f, 1, 0, 0.2f, 0.4f, 1, 0, 0.2f, 0.4f, 1], data.Test.Features);
        Assert.Equal(4, data.Files.Count);
    }

    [Fact]
    public void Images_are_averaged_down_and_drawn_up()
    {
        // 3 x 3 to 2 x 2: a pixel covers 1.5 x 1.5. Each line: 0 90 180 -> (0 + 45) / 1.5, (45 + 180) / 1.5.
        WriteTwo(Png(3, 3, 1, [0, 90, 180, 0, 90, 180, 0, 90, 180]));
        Assert.Equal([30f / 255, 150f / 255, 30f / 255, 150f / 255], First(2));

        // 2 x 1 to 4: between the centres.
        WriteTwo(Png(2, 1, 1, [0, 200]));
        Assert.Equal([0, 50f / 255, 150f / 255, 200f / 255], First(null, height: 1, width: 4));
        Assert.Equal([100f / 255], First(1));
    }

    [Fact]
    public void A_JPEG_file_is_read()
    {
        WriteTwo(Jpeg);
        Assert.All(First(4), pixel => Assert.Equal(128f / 255, pixel, 1e-6f));
    }

    [Fact]
    public void A_share_is_set_aside()
    {
        for (int image = 0; image < 10; image++)
        {
            _folder.Write($"{image % 2}/{image}.png", Png(1, 1, 1, [(byte)image]));
        }

        var data = DataFolder.Load("images", With(1, 1, 0.3));
        Assert.Equal((7, 3), (data.Training.Count, data.Test.Count));
        Assert.Equal(data.Columns["file"], data.Training.Features.Select(pixel => (int)Math.Round(pixel * 255)).Select(image =>
            $"{image % 2}/{image}.png"));
    }

    public static TheoryData<string, byte[]> WrongFiles => new()
    {
        { "is no PNG or JPEG file: it does not begin as one", "GIF89a"u8.ToArray() },
        { "is no PNG or JPEG file: it does not begin as one", [] },
        { "ends at byte 60, before its last chunk (IEND)", Png(1, 1, 1, [7])[..60] },
        { "has a chunk of 4294967295 bytes at byte 8, which is longer than the file", Changed(8, 255, 255, 255, 255) },
        { "is damaged: the checksum of the chunk at byte 8 is another", Changed(20, 9) },
        { "has 100000 x 100000 pixels; must be at most 67108864 in all", Png(100_000, 100_000, 1, [7]) },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_file_is_named_with_what_would_be_right(string problem, byte[] content)
    {
        WriteTwo(content);
        Assert.Equal($"train/a/1.png: {problem}", _folder.Refused("images", With(2)).Replace('\\', '/'));
    }

    [Fact]
    public void A_wrong_folder_is_named_with_what_would_be_right()
    {
        Assert.Equal("data.images.folder: is not set; must be a folder with a folder for each class", _folder.Refused("images", new { }));
        Assert.Equal("FOLDER: has no folders train and test; must have both, or data.images.test-share (such as 0.2) must say how many "
            + "images are tested on", _folder.Refused("images", With(2)));
        Assert.Equal("FOLDER: has 0 folders of classes; must have 2 to 256", _folder.Refused("images", With(2, 3, 0.2)));
        Assert.Equal("data.images.channels: must be 1 (grey) or 3 (red, green and blue)", _folder.Refused("images", With(2, 2)));
        WriteTwo(Jpeg);
        Assert.EndsWith("test is there to test on; must be one of both",
            _folder.Refused("images", With(2, 3, 0.2)), StringComparison.Ordinal);
        _folder.Write("test/c/1.png", Jpeg);
        Assert.Equal("test/c: is no class to train on; train has a, b", _folder.Refused("images", With(2)).Replace('\\', '/'));
        Directory.Delete(_folder["test/c"], recursive: true);
        _folder.Write("train/a/more/1.png", Jpeg);
        Assert.Equal("train/a/more: is a folder within a class's folder; there must be images alone",
            _folder.Refused("images", With(2)).Replace('\\', '/'));
        Directory.Delete(_folder["train/a/more"], recursive: true);
        _folder.Write("train/a/notes.txt", "");
        Assert.Equal("train/a/notes.txt: is no .png, .jpg or .jpeg file", _folder.Refused("images", With(2)).Replace('\\', '/'));
        File.Delete(_folder["train/a/notes.txt"]);
        File.Delete(_folder["train/a/1.png"]);
        Assert.Equal("train/a: has no images; a class must have at least one", _folder.Refused("images", With(2)).Replace('\\', '/'));
    }

    [Fact]
    public void Whatever_the_bytes_there_is_one_message()
    {
        WriteTwo(Png(3, 3, 3, [.. Enumerable.Range(0, 27).Select(k => (byte)k)]));
        _folder.Fuzz("images", With(2), "train/a/1.png");
        WriteTwo(Jpeg);
        _folder.Fuzz("images", With(2), "train/a/1.png");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Changed(int at, params byte[] bytes)
    {
        var png = Png(1, 1, 1, [7]);
        bytes.CopyTo(png, at);
        return png;
    }

    private static byte[] Png(int width, int height, int channels, byte[] pixels)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in pixels.Chunk(Math.Max(1, Math.Min(width * channels, pixels.Length))))
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. Chunk([.. "IHDR"u8, .. BigEndian((uint)width), .. BigEndian((uint)height), 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0]),
            .. Chunk([.. "IDAT"u8, .. data.ToArray()]),
            .. Chunk([.. "IEND"u8]),
        ];

        static byte[] Chunk(byte[] content) =>
            [.. BigEndian((uint)content.Length - 4), .. content, .. BigEndian(Crc32.HashToUInt32(content))];
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private void WriteTwo(byte[] first)
    {
        _folder.Write("train/a/1.png", first);
        _folder.Write("train/b/1.png", Png(1, 1, 1, [9]));
        _folder.Write("test/a/1.png", Png(1, 1, 1, [9]));
    }

    private float[] First(int? size, int? height = null, int? width = null)
    {
        var options = With(size ?? 32, 1);
        if (height is not null)
        {
            (options["height"], options["width"]) = (height, width!);
        }

        var data = DataFolder.Load("images", options);
        return data.Training.Features[..data.Shape.FeatureCount];
    }

    private Dictionary<string, object> With(int size, int channels = 3, double? share = null)
    {
        var options = new Dictionary<string, object> { ["folder"] = _folder.Root, ["size"] = size, ["channels"] = channels };
        if (share is { } set)
        {
            options["test-share"] = set;
        }

        return options;
    }
}
