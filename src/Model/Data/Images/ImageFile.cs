using StbImageSharp;

namespace FLCrowd.Model.Data.Images;

/// <summary>A PNG or JPEG file as features.</summary>
internal static class ImageFile
{
    private const int MostPixels = 1 << 26;

    /// <summary>Reads an image, channel by channel, row by row, in [0, 1].</summary>
    /// <param name="file">The file.</param>
    /// <param name="shape">What it becomes.</param>
    /// <param name="features">Takes the pixels.</param>
    /// <exception cref="SettingException">It is none, or damaged.</exception>
    public static void Read(SourceFile file, SampleShape shape, Span<float> features)
    {
        var image = file.Read("a PNG or JPEG file", content =>
        {
            var bytes = new byte[file.Length];
            content.ReadExactly(bytes);
            return Decode(file, bytes, shape.Channels);
        });
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            Resize(image, channel, shape, features.Slice(channel * shape.Height * shape.Width, shape.Height * shape.Width));
        }
    }

    private static ImageResult Decode(SourceFile file, byte[] bytes, int channels)
    {
        bool isPng = PngCheck.IsPng(bytes);
        if (!isPng && !bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            throw file.Wrong("is no PNG or JPEG file: it does not begin as one");
        }

        if (isPng && PngCheck.Problem(bytes) is { } problem)
        {
            throw file.Wrong(problem);
        }

        using var content = new MemoryStream(bytes);
        var (width, height) = isPng ? PngCheck.Size(bytes) : ImageInfo.FromStream(content) is { } info ? (info.Width, info.Height) : (0, 0);
        if (width < 1 || height < 1)
        {
            throw file.Wrong("does not say how many pixels it has; is no PNG or JPEG file that can be read");
        }

        if (width * height > MostPixels)
        {
            throw file.Wrong($"has {height} x {width} pixels; must be at most {MostPixels} in all");
        }

        content.Position = 0;
        return ImageResult.FromStream(content, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
    }

    private static void Resize(ImageResult image, int channel, SampleShape shape, Span<float> features)
    {
        int channels = (int)image.Comp;
        var pixels = new double[image.Width * image.Height];
        for (int k = 0; k < pixels.Length; k++)
        {
            pixels[k] = image.Data[(k * channels) + channel];
        }

        var narrow = new double[image.Height * shape.Width];
        new Resizing(image.Width, shape.Width).Apply(
            pixels, 1, Enumerable.Range(0, image.Height).Select(row => row * image.Width),
            (row, column, value) => narrow[(row * shape.Width) + column] = value);
        var small = new float[shape.Height * shape.Width];
        new Resizing(image.Height, shape.Height).Apply(
            narrow, shape.Width, Enumerable.Range(0, shape.Width),
            (column, row, value) => small[(row * shape.Width) + column] = (float)(value / byte.MaxValue));
        small.CopyTo(features);
    }
}
