// Makes data/digits out of data/mnist, the same bytes on every machine; in the solution's folder:
//
//     dotnet run build/make-digits.cs
//
// The first 200 images of each digit to train on and the first 50 to test on, in the order of MNIST, each averaged down from 28 x 28
// to 8 x 8 pixels: a pixel is the mean over its 3.5 x 3.5 pixels, rounded. data/digits/README.md says what that is for.
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

const int From = 28, To = 8, Classes = 10;

string data = Path.GetFullPath("data");
string digits = Directory.CreateDirectory(Path.Combine(data, "digits")).FullName;
var sums = new List<string>();
foreach (var (part, ofEach) in new[] { ("t10k", 50), ("train", 200) })
{
    var images = Read($"{part}-images-idx3-ubyte.gz")[16..];
    var labels = Read($"{part}-labels-idx1-ubyte.gz")[8..];
    var left = Enumerable.Repeat(ofEach, Classes).ToArray();
    int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(image => left[labels[image]]-- > 0)];
    Write($"{part}-images-idx3-ubyte.gz", [3, chosen.Length, To, To], [.. chosen.SelectMany(image => Small(images, image))]);
    Write($"{part}-labels-idx1-ubyte.gz", [1, chosen.Length], [.. chosen.Select(image => labels[image])]);
}

File.WriteAllText(Path.Combine(digits, "SHA256SUMS"), string.Concat(sums));

byte[] Read(string name)
{
    using var file = new GZipStream(File.OpenRead(Path.Combine(data, "mnist", name)), CompressionMode.Decompress);
    using var content = new MemoryStream();
    file.CopyTo(content);
    return content.ToArray();
}

// In half pixels 28 are 56, and each of the 8 has exactly 7 x 7 of them.
static IEnumerable<byte> Small(byte[] images, int image)
{
    const int Halves = 2 * From / To;
    for (int pixel = 0; pixel < To * To; pixel++)
    {
        int sum = 0;
        for (int half = 0; half < Halves * Halves; half++)
        {
            int row = ((pixel / To * Halves) + (half / Halves)) / 2;
            int column = ((pixel % To * Halves) + (half % Halves)) / 2;
            sum += images[(((image * From) + row) * From) + column];
        }

        yield return (byte)(((2 * sum) + (Halves * Halves)) / (2 * Halves * Halves));
    }
}

void Write(string name, int[] rankAndDimensions, byte[] values)
{
    var content = new byte[(4 * rankAndDimensions.Length) + values.Length];
    BinaryPrimitives.WriteInt32BigEndian(content, 0x800 | rankAndDimensions[0]);
    for (int axis = 1; axis < rankAndDimensions.Length; axis++)
    {
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 * axis), rankAndDimensions[axis]);
    }

    values.CopyTo(content, 4 * rankAndDimensions.Length);
    var zipped = Stored(content);
    File.WriteAllBytes(Path.Combine(digits, name), zipped);
    sums.Add($"{Convert.ToHexStringLower(SHA256.HashData(zipped))}  {name}\n");
}

// gzip without compression (RFC 1952, 1951): what compresses differs from one version of zlib to the next, and its bytes with it.
static byte[] Stored(byte[] content)
{
    using var file = new MemoryStream();
    file.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
    foreach (var (index, block) in content.Chunk(ushort.MaxValue).Index())
    {
        bool last = (index + 1) * ushort.MaxValue >= content.Length;
        var (length, rest) = ((ushort)block.Length, (ushort)~block.Length);
        file.Write([last ? (byte)1 : (byte)0, (byte)length, (byte)(length >> 8), (byte)rest, (byte)(rest >> 8)]);
        file.Write(block);
    }

    var end = new byte[8];
    BinaryPrimitives.WriteUInt32LittleEndian(end, Crc32(content));
    BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(4), content.Length);
    file.Write(end);
    return file.ToArray();
}

static uint Crc32(byte[] content)
{
    uint crc = uint.MaxValue;
    foreach (byte value in content)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
    }

    return ~crc;
}
