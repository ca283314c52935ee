namespace FLCrowd.Model.Data;

/// <summary>Reads MNIST as it is distributed: four gzip files of idx data, checked against SHA256SUMS beside them.</summary>
internal static class MnistFolder
{
    private const int ClassCount = 10;
    private static readonly SampleShape Shape = new(1, 28, 28);

    /// <summary>Loads the data set; pixels are scaled to [0, 1].</summary>
    /// <exception cref="SettingException">A file is missing or wrong: names it, what is wrong and what would be right.</exception>
    public static DataSet Load(string folder)
    {
        var sums = Checksums.Read(Path.Combine(folder, "SHA256SUMS"));
        var (train, test) = (LoadPart("train"), LoadPart("t10k"));
        return new DataSet("mnist", ClassCount, Shape, train.Samples, test.Samples)
        {
            Files = [.. new[] { train.Images, train.Labels, test.Images, test.Labels }.Select(file => file.Listed)],
        };

        IdxFolder.Part LoadPart(string part) => IdxFolder.Load(
            Open($"{part}-images-idx3-ubyte.gz"),
            Open($"{part}-labels-idx1-ubyte.gz"),
            new IdxOptions { Classes = ClassCount },
            sums,
            Shape);

        SourceFile Open(string name)
        {
            var file = SourceFile.Open(Path.Combine(folder, name), "a gzip-compressed idx file of MNIST");
            return file.IsGzip ? file : throw file.Wrong("is not a whole gzip file (it does not begin as one)");
        }
    }
}
