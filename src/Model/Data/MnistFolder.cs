using System.Numerics.Tensors;

namespace FLCrowd.Model.Data;

/// <summary>Reads MNIST as it is distributed: four gzip files of idx data, checked against SHA256SUMS beside them.</summary>
internal static class MnistFolder
{
    private const int ClassCount = 10;
    private const int Side = 28;

    /// <summary>Loads the data set; pixels are scaled to [0, 1].</summary>
    /// <exception cref="SettingException">A file is missing or wrong: names it, what is wrong and what would be right.</exception>
    public static DataSet Load(string folder)
    {
        var sums = Checksums.Read(Path.Combine(folder, "SHA256SUMS"));
        return new DataSet("mnist", ClassCount, new SampleShape(1, Side, Side), LoadPart("train"), LoadPart("t10k"));

        LabeledSamples LoadPart(string part)
        {
            var images = Read($"{part}-images-idx3-ubyte.gz", IdxFile.Images);
            var labels = Read($"{part}-labels-idx1-ubyte.gz", IdxFile.Labels);
            if (images.Dimensions is not [_, Side, Side])
            {
                throw images.Wrong($"holds images of {string.Join(" x ", images.Dimensions[1..])}; must be {Side} x {Side}");
            }

            if (images.Dimensions[0] != labels.Dimensions[0])
            {
                throw labels.Wrong($"holds {labels.Dimensions[0]} labels; must be {images.Dimensions[0]}, as there are images");
            }

            int outside = labels.Data.IndexOfAnyExceptInRange((byte)0, (byte)(ClassCount - 1));
            if (outside >= 0)
            {
                throw labels.Wrong($"label {outside} is {labels.Data[outside]}; must be 0 to {ClassCount - 1}");
            }

            CheckSum(images);
            CheckSum(labels);
            return new LabeledSamples(Scale(images.Data), labels.Data.ToArray());
        }

        IdxFile Read(string name, int magic) => IdxFile.Read(Path.Combine(folder, name), magic);

        void CheckSum(IdxFile file)
        {
            var right = sums.Of(Path.GetFileName(file.Path));
            if (file.Sha256 != right)
            {
                throw file.Wrong($"has SHA-256 {file.Sha256}; must be {right}");
            }
        }
    }

    private static float[] Scale(ReadOnlySpan<byte> bytes)
    {
        var pixels = new float[bytes.Length];
        TensorPrimitives.ConvertTruncating(bytes, pixels.AsSpan());
        TensorPrimitives.Divide(pixels, 255f, pixels);
        return pixels;
    }
}
