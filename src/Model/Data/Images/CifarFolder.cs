namespace FLCrowd.Model.Data.Images;

/// <summary>Reads the binary version of CIFAR-10 and CIFAR-100 (cs.toronto.edu/~kriz/cifar.html): a record is its labels, then the red,
/// the green and the blue bytes of 32 x 32 pixels.</summary>
internal static class CifarFolder
{
    private const int Side = 32;
    private const int Channels = 3;
    private const int Pixels = Channels * Side * Side;

    /// <exception cref="SettingException">A file is missing or wrong: names it, what is wrong and what would be right.</exception>
    public static DataSet Load(CifarOptions options)
    {
        if (options.Folder.Length == 0 || !Directory.Exists(options.Folder))
        {
            throw options.Folder.Length == 0
                ? new SettingException("data.cifar.folder", "is not set; must be the folder of the binary version of CIFAR-10 or CIFAR-100")
                : new SettingException(options.Folder, "is no folder; must be that of the binary version of CIFAR-10 or CIFAR-100");
        }

        var version = VersionOf(options);
        var (train, test) = (Open(version.Training), Open([version.Test]));
        long count = (train.Concat(test).Sum(file => file.Length) / version.RecordLength) + 1;
        FeatureMemory.Require(options.Folder, count, Pixels, sizeof(byte));
        var (names, namesFile) = Names(options.Folder, version);
        return new DataSet("cifar", version.Classes, new SampleShape(Channels, Side, Side), Read(train, version), Read(test, version))
        {
            ClassNames = names,
            Files = [.. train.Concat(test).Concat(namesFile).Select(file => file.Listed)],
        };

        SourceFile[] Open(string[] files) => [.. files.Select(name =>
            SourceFile.Open(Path.Combine(options.Folder, name), "a file of CIFAR's binary version"))];
    }

    private static Version VersionOf(CifarOptions options)
    {
        bool isTen = File.Exists(Path.Combine(options.Folder, "data_batch_1.bin"));
        if (isTen == File.Exists(Path.Combine(options.Folder, "train.bin")))
        {
            throw new SettingException(options.Folder, isTen
                ? "has data_batch_1.bin of CIFAR-10 and train.bin of CIFAR-100; must be the folder of one of them"
                : "has neither data_batch_1.bin (CIFAR-10) nor train.bin (CIFAR-100); "
                    + "must be the folder of the binary version of one of them");
        }

        return (isTen, options.Labels) switch
        {
            (true, CifarLabels.Coarse) => throw new SettingException(
                "data.cifar.labels", "is coarse, and the files are CIFAR-10's, which has only fine ones"),
            (true, _) => new Version(
                [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")], "test_batch.bin", 10, 0, 1, "batches.meta.txt"),
            (false, CifarLabels.Coarse) => new Version(["train.bin"], "test.bin", 20, 0, 2, "coarse_label_names.txt"),
            (false, _) => new Version(["train.bin"], "test.bin", 100, 1, 2, "fine_label_names.txt"),
        };
    }

    private static LabeledSamples Read(SourceFile[] files, Version version)
    {
        int count = files.Sum(file => CountOf(file, version));
        var (pixels, labels) = (new byte[count * Pixels], new byte[count]);
        int sample = 0;
        foreach (var file in files)
        {
            file.Read("a file of CIFAR's binary version", content =>
            {
                var record = new byte[version.RecordLength];
                for (int end = sample + CountOf(file, version), first = sample; sample < end; sample++)
                {
                    content.ReadExactly(record);
                    labels[sample] = record[version.LabelAt] < version.Classes
                        ? record[version.LabelAt]
                        : throw file.Wrong(
                            $"label {sample - first} is {record[version.LabelAt]}; must be 0 to {version.Classes - 1}");
                    record.AsSpan(version.LabelBytes).CopyTo(pixels.AsSpan(sample * Pixels));
                }

                return 0;
            });
        }

        return LabeledSamples.OfBytes(pixels, byte.MaxValue, labels);
    }

    private static int CountOf(SourceFile file, Version version) => file.Length > 0 && file.Length % version.RecordLength == 0
        ? (int)(file.Length / version.RecordLength)
        : throw file.Wrong($"holds {file.Length} bytes; must be a multiple of {version.RecordLength}: {version.LabelBytes} of labels and "
            + $"{Pixels} of pixels for each image");

    private static (string[] Names, SourceFile[] File) Names(string folder, Version version)
    {
        var path = Path.Combine(folder, version.Names);
        if (!File.Exists(path))
        {
            return ([], []);
        }

        var file = SourceFile.Open(path, "the classes' names");
        string[] names = file.Read("a list of names", content =>
        {
            using var text = new StreamReader(content);
            return text.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        });
        return names.Length == version.Classes
            ? (names, [file])
            : throw file.Wrong($"has {names.Length} names; must have {version.Classes}, one on each line");
    }

    /// <summary>What is different between the versions.</summary>
    private sealed record Version(string[] Training, string Test, int Classes, int LabelAt, int LabelBytes, string Names)
    {
        public int RecordLength => LabelBytes + Pixels;
    }
}
