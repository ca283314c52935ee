using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FLCrowd.Model.Tests.Data;

public sealed class NumpySpec : IDisposable
{
    private readonly DataFolder _folder = new();

    private object Zipped => new { file = _folder["d.npz"] };

    [Fact]
    public void An_npz_file_is_read()
    {
        WriteZip(
            ("X", Npy("|u1", "(4, 2, 3)", [.. Enumerable.Range(0, 24).Select(k => (byte)(k * 10))])),
            ("y", Npy("<i8", "(4,)", Bytes(8, BitConverter.GetBytes, 0L, 1, 2, 1))),
            ("X_test", Npy("|u1", "(1, 2, 3)", [255, 0, 0, 0, 0, 51])),
            ("y_test", Npy("|b1", "(1,)", [1])),
            ("user", Npy("<U3", "(4,)", [.. new[] { "a\0\0", "b\0\0", "ccc", "é\0\0" }.SelectMany(Encoding.UTF32.GetBytes)])),
            ("age", Npy(">f8", "(4, 1)", Numbers(8, BinaryPrimitives.WriteDoubleBigEndian, 1, 2.5, -3, 1e9))));
        var data = DataFolder.Load("npz", new { file = _folder["d.npz"], keep = new[] { "user", "age" } });
        Assert.Equal((3, new SampleShape(1, 2, 3), 4, 1), (data.ClassCount, data.Shape, data.Training.Count, data.Test.Count));
        Assert.Equal([.. Enumerable.Range(0, 24).Select(k => k * 10 / 255f)], data.Training.Features.AsEnumerable());
        Assert.Equal([1, 0, 0, 0, 0, 0.2f], data.Test.Features);
        Assert.Equal([0, 1, 2, 1], data.Training.Labels);
        Assert.Equal(["a", "b", "ccc", "é"], data.Columns["user"]);
        Assert.Equal(["1", "2.5", "-3", "1000000000"], data.Columns["age"]);
        Assert.Single(data.Files);
    }

    [Theory]
    [InlineData("|b1", "01000001")]
    [InlineData("|u1", "01000507")]
    [InlineData("|i1", "0100FF07")]
    [InlineData("<u2", "0100000000010700")]
    [InlineData(">u2", "0001000001000007")]
    [InlineData("<i2", "01000000FFFF0700")]
    [InlineData(">i4", "0000000100000000FFFFFFFF00000007")]
    [InlineData("<i8", "01000000000000000000000000000000FFFFFFFFFFFFFFFF0700000000000000")]
    [InlineData("<u8", "01000000000000000000000000000000FF000000000000000700000000000000")]
    [InlineData("<f2", "003C000000BC0047")]
    [InlineData(">f2", "3C000000BC004700")]
    [InlineData("<f4", "0000803F00000000000080BF0000E040")]
    [InlineData(">f4", "3F80000000000000BF80000040E00000")]
    [InlineData(">f8", "3FF00000000000000000000000000000BFF0000000000000401C000000000000")]
    public void Every_type_is_read(string type, string hex)
    {
        WritePair(Npy(type, "(4, 1)", Convert.FromHexString(hex)));
        float third = type switch
        {
            "|b1" => 0,
            "|u1" => 5,
            "<u2" or ">u2" => 256,
            "<u8" => 255,
            _ => -1,
        };
        Assert.Equal([1, 0, third, type == "|b1" ? 1 : 7], Pair(scale: 1).Training.Features);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fortran_order_and_every_version_are_read(byte version)
    {
        // numpy.asfortranarray of shape (4, 2, 3): the first index runs fastest.
        var elements = Enumerable.Range(0, 24).Select(k => (byte)((((k % 4 * 2) + (k / 4 % 2)) * 3) + (k / 8)));
        WritePair(Npy("|u1", "(4, 2, 3)", [.. elements], fortran: true, version: version));
        Assert.Equal([.. Enumerable.Range(0, 24).Select(k => (float)k)], Pair(scale: 1).Training.Features);
    }

    [Fact]
    public void Channels_last_and_texts_as_labels_are_read()
    {
        _folder.Write("x.npy", Npy("|u1", "(4, 1, 2, 3)", [.. Enumerable.Range(0, 24).Select(k => (byte)k)]));
        _folder.Write("y.npy", Npy("|S3", "(4,)", "catdogcatox\0"u8.ToArray()));
        var data = DataFolder.Load("npz", Paths(1, "channels-last"));
        Assert.Equal(new SampleShape(3, 1, 2), data.Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], data.Training.Features[..6]);
        Assert.Equal(["cat", "dog", "ox"], data.ClassNames);
        Assert.Equal([0, 1, 0, 2], data.Training.Labels);
    }

    [Fact]
    public void A_share_is_set_aside_by_seed()
    {
        WriteZip(
            ("X", Npy("<f4", "(100, 1)", Bytes(4, BitConverter.GetBytes, [.. Enumerable.Range(0, 100).Select(k => (float)k)]))),
            ("y", Npy("|u1", "(100,)", [.. Enumerable.Range(0, 100).Select(k => (byte)(k % 2))])),
            ("id", Npy("<i4", "(100,)", Bytes(4, BitConverter.GetBytes, [.. Enumerable.Range(0, 100)]))));
        var one = Split(1);
        Assert.Equal((75, 25), (one.Training.Count, one.Test.Count));
        Assert.Equal(Enumerable.Range(0, 100).Select(k => (float)k), one.Training.Features.Concat(one.Test.Features).Order());
        Assert.Equal(one.Training.Features.Select(k => $"{k}"), one.Columns["id"]);
        Assert.All(one.Training.Features.Zip(one.Training.Labels), pair => Assert.Equal(pair.First % 2, pair.Second));
        Assert.Equal(one.Test.Features, Split(1).Test.Features);
        Assert.NotEqual(one.Test.Features, Split(2).Test.Features);

        DataSet Split(int seed) => DataFolder.Load("npz", new Dictionary<string, object>
        {
            ["file"] = _folder["d.npz"],
            ["test-share"] = 0.25,
            ["split-seed"] = seed,
            ["keep"] = new[] { "id" },
        });
    }

    public static TheoryData<string, byte[]> WrongFiles => new()
    {
        { "ends within its head; it is no whole .npy file", [0x93] },
        {
            "does not begin as a .npy file does (\\x93NUMPY); numpy.save and numpy.savez write such files",
            "PK this is a zip file"u8.ToArray()
        },
        { "is of version 4.0 of NumPy's format; 1.0 to 3.0 are read", Npy("|u1", "(4, 1)", [1, 2, 3, 4], version: 4) },
        { "ends within its head; it is no whole .npy file", Npy("|u1", "(4, 1)", [1, 2, 3, 4])[..40] },
        {
            "has elements of type '|O'; must be b1, i1 to i8, u1 to u8, f2 to f8, or texts S and U",
            Npy("|O", "(4, 1)", [1, 2, 3, 4])
        },
        {
            "has elements of type '<c8'; must be b1, i1 to i8, u1 to u8, f2 to f8, or texts S and U",
            Npy("<c8", "(4, 1)", [1, 2, 3, 4])
        },
        {
            "has the head {'fortran_order': False, 'shape': (4,1), }; must be "
                + "{'descr': '<f4', 'fortran_order': False, 'shape': (20, 3), } or the like",
            Raw("{'fortran_order': False, 'shape': (4,1), }")
        },
        {
            "has the head {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }; must be "
                + "{'descr': '<f4', 'fortran_order': False, 'shape': (20, 3), } or the like, "
                + "an array of one type of number or text, without fields",
            Raw("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }")
        },
        { "has 0 dimensions; must have at least 1 and at most 32", Npy("|u1", "()", [1]) },
        { "has 0 as a dimension; must be at least 1 and at most 2147483647", Npy("|u1", "(0, 3)", []) },
        { "has 99999999999 as a dimension; must be at least 1 and at most 2147483647", Npy("|u1", "(99999999999, 3)", [1]) },
        { "holds 3 bytes of data; must be 4 (4 x 1)", Npy("|u1", "(4, 1)", [1, 2, 3]) },
        { "holds 5 bytes of data; must be 4 (4 x 1)", Npy("|u1", "(4, 1)", [1, 2, 3, 4, 5]) },
        { "holds 68 bytes of data; must be 24000000000 (1000000000 x 3)", Npy("<f8", "(1000000000, 3)", new byte[68]) },
        {
            "has NaN as feature 0 of sample 2; must be finite",
            Npy("<f4", "(4, 1)", Bytes(4, BitConverter.GetBytes, 1f, 2, float.NaN, 4))
        },
        { "holds texts; features must be numbers", Npy("<U1", "(4, 1)", new byte[16]) },
        {
            "has one dimension (4); samples need two or more: samples x features, samples x height x width, or "
                + "samples x channels x height x width",
            Npy("|u1", "(4,)", [1, 2, 3, 4])
        },
    };

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public void A_wrong_array_is_named_with_what_would_be_right(string problem, byte[] content)
    {
        WritePair(content);
        Assert.Equal($"x.npy: {problem}", _folder.Refused("npz", Paths(1)));
    }

    [Fact]
    public void Wrong_labels_are_named()
    {
        var x = Npy("|u1", "(4, 1)", [1, 2, 3, 4]);
        Refused("y.npy: label 2 is -1; must be 0 to 255", Npy("|i1", "(4,)", [0, 1, 255, 1]));
        Refused("y.npy: label 3 is 1.5; must be a whole number, 0 to 255",
            Npy("<f4", "(4,)", Bytes(4, BitConverter.GetBytes, 0f, 1, 0, 1.5f)));
        Refused("y.npy: holds 3 labels; must be 4, as there are samples in x.npy", Npy("|u1", "(3,)", [0, 1, 1]));
        Refused("y.npy: holds 4 x 2 numbers; labels must be one for each sample", Npy("|u1", "(4, 2)", new byte[8]));
        Refused("y.npy: value 1 is no text; must be UTF-8, or UTF-32 as NumPy writes it", Npy("|S1", "(4,)", [65, 200, 65, 65]));

        void Refused(string message, byte[] y)
        {
            _folder.Write("x.npy", x);
            _folder.Write("y.npy", y);
            Assert.Equal(message, _folder.Refused("npz", Paths(1)));
        }
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Equal("data.npz.x: is not set; must be a .npy file, or file must be a .npz file", _folder.Refused("npz", new { }));
        Assert.Equal("d.npz: is missing; it must be a .npz file", _folder.Refused("npz", Zipped));
        _folder.Write("d.npz", "PK no zip");
        Assert.StartsWith("d.npz: is not an .npz file (", _folder.Refused("npz", Zipped), StringComparison.Ordinal);
        var y = Npy("|u1", "(4,)", [0, 1, 0, 1]);
        WriteZip(("x", Npy("|u1", "(4, 1)", [1, 2, 3, 4])), ("y", y));
        Assert.Equal("d.npz: has no array X (did you mean 'x'?); it has x, y (data.npz.x names the one to read)",
            _folder.Refused("npz", Zipped));
        WriteZip(("X", Npy("|u1", "(4, 1)", [1, 2, 3, 4])), ("y", y), ("user", Npy("|u1", "(3,)", [1, 2, 3])));
        Assert.Equal("data.npz.test-share: is not set, and there is no array to test on (x-test, y-test); must be one of both",
            _folder.Refused("npz", Zipped));
        Assert.Equal("d.npz (user): holds 3 values; a column that is kept must hold 4, one for each training sample",
            _folder.Refused("npz", new { file = _folder["d.npz"], keep = new[] { "user" } }));
        WriteZip(("X", Npy("|u1", "(4, 1)", [1, 2, 3, 4])), ("y", y), ("X_test", Npy("|u1", "(4, 1, 1, 2)", new byte[8])), ("y_test", y));
        Assert.Equal("d.npz (X_test): holds samples of 1 x 1 x 2; must be 1 x 1 x 1, as those to train on", _folder.Refused("npz", Zipped));
    }

    [Fact]
    public void Whatever_the_bytes_there_is_one_message()
    {
        WritePair(Npy("<f4", "(4, 2)", Bytes(4, BitConverter.GetBytes, 1f, 2, 3, 4, 5, 6, 7, 8)));
        _folder.Fuzz("npz", Paths(1), "x.npy");
        foreach (bool stored in new[] { true, false })
        {
            WriteZip(
                stored ? CompressionLevel.NoCompression : CompressionLevel.Optimal,
                ("X", Npy("|u1", "(4, 2)", new byte[8])), ("y", Npy("|u1", "(4,)", [0, 1, 0, 1])),
                ("X_test", Npy("|u1", "(4, 2)", new byte[8])), ("y_test", Npy("|u1", "(4,)", [0, 1, 0, 1])));
            _folder.Fuzz("npz", Zipped, "d.npz");
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_bit_that_flipped_in_an_archive_changes_nothing_that_is_read(CompressionLevel level)
    {
        var x = Npy("|u1", "(4, 9)", [.. Enumerable.Range(0, 36).Select(k => (byte)(k * 7))]);
        var y = Npy("|u1", "(4,)", [0, 1, 0, 1]);
        WriteZip(level, ("X", x), ("y", y), ("X_test", x), ("y_test", y));
        var right = DataFolder.Load("npz", Zipped);
        var whole = File.ReadAllBytes(_folder["d.npz"]);
        var refused = new List<string>();
        for (int at = 0; at < whole.Length; at += 3)
        {
            var content = (byte[])whole.Clone();
            content[at] ^= (byte)(1 << (at % 8));
            _folder.Write("d.npz", content);
            try
            {
                var data = DataFolder.Load("npz", Zipped);
                Assert.Equal(right.Training.Features, data.Training.Features);
                Assert.Equal(right.Training.Labels, data.Training.Labels);
                Assert.Equal(right.Test.Features, data.Test.Features);
                Assert.Equal(right.Test.Labels, data.Test.Labels);
            }
            catch (SettingException e)
            {
                refused.Add(e.Message);
            }
        }

        Assert.True(refused.Count(message => message.Contains("d.npz: is damaged: array X ", StringComparison.Ordinal)) > 15);
    }

    [Fact]
    public void What_is_damaged_in_an_archive_is_named_with_both_checksums()
    {
        WriteZip(
            CompressionLevel.NoCompression,
            ("X", Npy("|u1", "(4, 1)", [1, 2, 3, 200])), ("y", Npy("|u1", "(4,)", [0, 1, 0, 1])));
        var content = File.ReadAllBytes(_folder["d.npz"]);
        content[Array.LastIndexOf(content, (byte)200)] ^= 1;
        _folder.Write("d.npz", content);
        Assert.Matches(
            "^d.npz: is damaged: array X has the CRC-32 [0-9a-f]{8}; must be [0-9a-f]{8}, as the archive says$",
            _folder.Refused("npz", Zipped));
    }

    [Fact]
    public void An_array_without_an_archive_is_a_file_of_its_own() => Assert.Equal(
        "data.npz.x: is samples; must be a .npy file, or data.npz.file must be a .npz file",
        _folder.Refused("npz", new { x = "samples", y = "labels.npy" }));

    public void Dispose() => _folder.Dispose();

    private static byte[] Npy(string type, string shape, byte[] elements, bool fortran = false, byte version = 1) =>
        [.. Raw($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", version), .. elements];

    private static byte[] Raw(string head, byte version = 1)
    {
        int before = version == 1 ? 10 : 12;
        var text = Encoding.ASCII.GetBytes(head + new string(' ', 63 - ((before + head.Length) % 64)) + "\n");
        var length = new byte[version == 1 ? 2 : 4];
        length[0] = (byte)text.Length;
        length[1] = (byte)(text.Length >> 8);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text];
    }

    private static byte[] Bytes<T>(int size, Func<T, byte[]> bytes, params T[] values)
    {
        var all = values.SelectMany(bytes).ToArray();
        Assert.Equal(size * values.Length, all.Length);
        return all;
    }

    private static byte[] Numbers(int size, Action<Span<byte>, double> write, params double[] values)
    {
        var bytes = new byte[size * values.Length];
        for (int k = 0; k < values.Length; k++)
        {
            write(bytes.AsSpan(size * k), values[k]);
        }

        return bytes;
    }

    private void WriteZip(params (string Name, byte[] Content)[] arrays) => WriteZip(CompressionLevel.Optimal, arrays);

    private void WriteZip(CompressionLevel level, params (string Name, byte[] Content)[] arrays)
    {
        using var file = File.Create(_folder["d.npz"]);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in arrays)
        {
            using var entry = zip.CreateEntry($"{name}.npy", level).Open();
            entry.Write(content);
        }
    }

    private void WritePair(byte[] x)
    {
        _folder.Write("x.npy", x);
        _folder.Write("y.npy", Npy("|u1", "(4,)", [0, 1, 0, 1]));
    }

    private Dictionary<string, object> Paths(double scale, string layout = "channels-first") => new()
    {
        ["x"] = _folder["x.npy"],
        ["y"] = _folder["y.npy"],
        ["x-test"] = _folder["x.npy"],
        ["y-test"] = _folder["y.npy"],
        ["scale"] = scale,
        ["layout"] = layout,
    };

    private DataSet Pair(double scale) => DataFolder.Load("npz", Paths(scale));
}
