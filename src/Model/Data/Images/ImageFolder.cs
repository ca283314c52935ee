namespace FLCrowd.Model.Data.Images;

/// <summary>Reads images, a folder for each class.</summary>
internal static class ImageFolder
{
    private const int MostClasses = byte.MaxValue + 1;
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg"];
    private static readonly string[] Others = ["Thumbs.db", "desktop.ini"];

    /// <exception cref="SettingException">A folder or a file is missing or wrong: names it, what is wrong and what would be right.
    /// </exception>
    public static DataSet Load(ImageOptions options)
    {
        if (options.Folder.Length == 0 || !Directory.Exists(options.Folder))
        {
            throw options.Folder.Length == 0
                ? new SettingException("data.images.folder", "is not set; must be a folder with a folder for each class")
                : new SettingException(options.Folder, "is no folder; must be one with a folder for each class");
        }

        var (trainFolder, testFolder) = (Path.Combine(options.Folder, "train"), Path.Combine(options.Folder, "test"));
        bool given = Directory.Exists(trainFolder) && Directory.Exists(testFolder);
        if (given == options.TestShare is not null)
        {
            throw given
                ? new SettingException("data.images.test-share", $"is set, and {testFolder} is there to test on; must be one of both")
                : new SettingException(options.Folder, "has no folders train and test; must have both, "
                    + "or data.images.test-share (such as 0.2) "
                    + "must say how many images are tested on");
        }

        var root = given ? trainFolder : options.Folder;
        string[] classes = Folders(root);
        if (classes.Length is < 2 or > MostClasses)
        {
            throw new SettingException(root, $"has {classes.Length} folders of classes; must have 2 to {MostClasses}");
        }

        var all = Images(root, classes);
        var tests = given ? Images(testFolder, Known(testFolder, classes, root)) : [];
        var shape = new SampleShape(options.Channels, options.Height ?? options.Size, options.Width ?? options.Size);
        FeatureMemory.Require(options.Folder, all.Count + tests.Count, shape.FeatureCount);
        var split = given ? null : TestSplit.Draw(options.Folder, all.Count, options.TestShare!.Value, options.SplitSeed);
        var training = split is null ? all : [.. split.Training.Select(image => all[image])];
        return new DataSet(
            "images", classes.Length, shape, Read(training), Read(split is null ? tests : [.. split.Test.Select(image => all[image])]))
        {
            ClassNames = classes,
            Columns = new Dictionary<string, string[]> { ["file"] = [.. training.Select(image => image.Name)] },
            Files = [.. all.Concat(tests).Select(image => image.File.Listed)],
        };

        LabeledSamples Read(List<Image> images)
        {
            var features = new float[images.Count * shape.FeatureCount];
            foreach (var (sample, image) in images.Index())
            {
                ImageFile.Read(image.File, shape, features.AsSpan(sample * shape.FeatureCount, shape.FeatureCount));
            }

            return new LabeledSamples(features, [.. images.Select(image => (byte)Array.IndexOf(classes, image.Class))]);
        }
    }

    private static string[] Folders(string root) => [.. Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder))
        .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    private static string[] Known(string testFolder, string[] classes, string root) => Folders(testFolder) switch
    {
        [] => throw new SettingException(testFolder, "has no folders of classes; must have those to test on"),
        var folders when folders.Except(classes).FirstOrDefault() is { } strange => throw new SettingException(
            Path.Combine(testFolder, strange), $"is no class to train on; {root} has {string.Join(", ", classes.Take(10))}"),
        var folders => folders,
    };

    /// <summary>In ordinal order of classes, and of names within each.</summary>
    private static List<Image> Images(string root, string[] classes) => [.. classes.SelectMany(name =>
    {
        var folder = Path.Combine(root, name);
        if (Directory.EnumerateDirectories(folder).FirstOrDefault() is { } inner)
        {
            throw new SettingException(inner, "is a folder within a class's folder; there must be images alone");
        }

        var files = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
            .Where(file => !file.StartsWith('.') && !Others.Contains(file)).Order(StringComparer.Ordinal).ToList();
        return files.Count == 0
            ? throw new SettingException(folder, "has no images; a class must have at least one")
            : files.Select(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant())
                ? new Image(name, $"{name}/{file}", SourceFile.Open(Path.Combine(folder, file), "a PNG or JPEG file"))
                : throw new SettingException(Path.Combine(folder, file), "is no .png, .jpg or .jpeg file"));
    })];

    private sealed record Image(string Class, string Name, SourceFile File);
}
