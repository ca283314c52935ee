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

    /// <summary>What sha256sum, shasum, openssl and people make of one checksum.</summary>
    public static TheoryData<string, Func<string, string, string>> UsualLines => new()
    {
        { "sha256sum -b", (sum, name) => $"{sum} *{name}" },
        { "sha256sum ./*", (sum, name) => $"{sum}  ./{name}" },
        { "sha256sum -b ./*", (sum, name) => $"{sum} *./{name}" },
        { "sha256sum from elsewhere", (sum, name) => $"{sum}  some where/mnist/{name}" },
        { "sha256sum, the folder has a backslash", (sum, name) => $"\\{sum}  a\\\\b/{name}" },
        { "sha256sum, the folder has a line break", (sum, name) => $"\\{sum}  a\\nb/{name}" },
        { "shasum --tag", (sum, name) => $"SHA256 ({name}) = {sum}" },
        { "shasum --tag ./*", (sum, name) => $"SHA256 (./{name}) = {sum}" },
        { "openssl dgst -sha256", (sum, name) => $"SHA2-256({name})= {sum}" },
        { "capitals", (sum, name) => $"{sum.ToUpperInvariant()}  {name}" },
        { "Windows", (sum, name) => $"{sum}  {name}\r" },
        { "twice", (sum, name) => $"{sum}  {name}\n{sum.ToUpperInvariant()} *./{name}" },
        { "a comment, an empty line and another tool's line", (sum, name) => $"# {name}\n\nMD5 ({name}) = 1\n{sum}  {name}" },
    };

    [Theory]
    [MemberData(nameof(UsualLines))]
    public void Checksums_are_read_as_the_usual_tools_write_them(string tool, Func<string, string, string> line)
    {
        WriteFolder(line);
        Assert.Equal(20, MnistFolder.Load(_folder).Training.Count);

        // And they are compared.
        File.WriteAllBytes(Path.Combine(_folder, Images), Idx(0x803, [20, 28, 28], 20 * 784, (5, 9)));
        Assert.Contains("has SHA-256", Assert.Throws<SettingException>(() => MnistFolder.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(tool);
    }

    [Fact]
    public void Checksums_that_contradict_each_other_are_named()
    {
        WriteFolder((sum, name) => $"{sum}  {name}\n{(name == Labels ? new string('0', 64) : sum)}  ./{name}");
        var error = Assert.Throws<SettingException>(() => MnistFolder.Load(_folder)).Message;
        Assert.Contains($"SHA256SUMS: says two things of {Labels}: line 3 has ", error, StringComparison.Ordinal);
        Assert.EndsWith(", line 4 has 0000000000000000000000000000000000000000000000000000000000000000", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_no_checksum_is_named_where_one_is_missing()
    {
        WriteFolder((sum, name) => $"{sum[..^1]}  {name}");
        Assert.EndsWith(
            $"SHA256SUMS: has no line for {Images}, and line 1 is no SHA-256 as sha256sum writes it: "
            + "64 hexadecimal digits, two spaces, the name",
            Assert.Throws<SettingException>(() => MnistFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteFolder(Func<string, string, string>? line = null)
    {
        var sums = new List<string>();
        foreach (var part in new[] { "train", "t10k" })
        {
            Write($"{part}-images-idx3-ubyte.gz", Idx(0x803, [20, 28, 28], 20 * 784));
            Write($"{part}-labels-idx1-ubyte.gz", Idx(0x801, [20], 20));
        }

        File.WriteAllText(Path.Combine(_folder, "SHA256SUMS"), string.Join('\n', sums) + '\n');

        void Write(string name, byte[] content)
        {
            File.WriteAllBytes(Path.Combine(_folder, name), content);
            var sum = Convert.ToHexStringLower(SHA256.HashData(content));
            sums.Add(line?.Invoke(sum, name) ?? $"{sum}  {name}");
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
