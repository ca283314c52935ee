using System.Text.RegularExpressions;

namespace FLCrowd.Model.Data;

/// <summary>Reads a folder of idx files: images and labels to train and to test on.</summary>
internal static partial class IdxFolder
{
    private const string Sums = "SHA256SUMS";

    /// <summary>The small one that comes with the program.</summary>
    public static string Digits => Path.Combine(AppContext.BaseDirectory, "data", "digits");

    /// <summary>Loads the data set.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <param name="options">Where it is, and how it is read.</param>
    /// <exception cref="SettingException">A file is missing or wrong: names it, what is wrong and what would be right.</exception>
    public static DataSet Load(string name, IdxOptions options)
    {
        if (options.Folder.Length == 0)
        {
            throw new SettingException($"data.{name}.folder", "is not set; must be a folder of idx files");
        }

        if (!Directory.Exists(options.Folder))
        {
            throw new SettingException(options.Folder, "is no folder; must be a folder of idx files");
        }

        var sumsFile = Path.Combine(options.Folder, Sums);
        var sums = File.Exists(sumsFile) ? Checksums.Read(sumsFile) : null;
        var train = LoadPart("train", options.TrainImages, options.TrainLabels);
        var test = LoadPart("test", options.TestImages, options.TestLabels);
        if (test.Shape != train.Shape)
        {
            throw test.Images.Wrong($"holds samples of {Size(test.Shape)}; must be {Size(train.Shape)}, as those to train on");
        }

        int classes = options.Classes ?? 1 + Math.Max(train.Samples.Labels.Max(), test.Samples.Labels.Max());
        return new DataSet(name, classes, train.Shape, train.Samples, test.Samples)
        {
            Files = [.. new[] { train.Images, train.Labels, test.Images, test.Labels }.Select(file => file.Listed)],
        };

        Part LoadPart(string part, string? imagesName, string? labelsName)
        {
            var images = SourceFile.Open(Find($"{part}-images", imagesName), "an idx file of images");
            var labels = SourceFile.Open(Find($"{part}-labels", labelsName), "an idx file of labels");
            return Load(images, labels, options, sums);
        }

        string Find(string part, string? given)
        {
            if (given is not null)
            {
                return Path.Combine(options.Folder, given);
            }

            var found = Directory.EnumerateFiles(options.Folder).Select(file => Path.GetFileName(file))
                .Where(file => UsualName().Match(file) is { Success: true } match && PartOf(match) == part)
                .Order(StringComparer.Ordinal).ToList();
            return found switch
            {
                [var only] => Path.Combine(options.Folder, only),
                [] => throw new SettingException(options.Folder, $"has no file for {part}, such as {part}-idx"
                    + $"{(part.EndsWith("images", StringComparison.Ordinal) ? 3 : 1)}-ubyte.gz; "
                    + $"data.{name}.{part} can name another"),
                _ => throw new SettingException(
                    options.Folder, $"has {string.Join(" and ", found)}; data.{name}.{part} must name the one to read"),
            };
        }
    }

    /// <summary>Loads one part.</summary>
    /// <param name="images">The features.</param>
    /// <param name="labels">One for each of them.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="sums">What the files' checksums must be, where that is known.</param>
    /// <param name="strict">Whether they must be as MNIST's are.</param>
    public static Part Load(SourceFile images, SourceFile labels, IdxOptions options, Checksums? sums, SampleShape? strict = null)
    {
        var (form, features) = IdxFile.Read(
            images, strict is null ? null : IdxFile.Images, content => content.Features(options.Scale, options.Layout));
        var (labelForm, classes) = IdxFile.Read(
            labels, strict is null ? null : IdxFile.Labels, content => content.Labels(options.Classes));
        var shape = form.Shape(options.Layout);
        if (strict is { } right && shape != right)
        {
            throw images.Wrong($"holds images of {form.SampleSize}; must be {right.Height} x {right.Width}");
        }

        if (form.Count != labelForm.Count)
        {
            throw labels.Wrong($"holds {labelForm.Count} labels; must be {form.Count}, as there are images");
        }

        if (sums is not null)
        {
            images.Check(sums);
            labels.Check(sums);
        }

        return new Part(images, labels, shape, features.With(classes));
    }

    private static string Size(SampleShape shape) => $"{shape.Channels} x {shape.Height} x {shape.Width}";

    private static string PartOf(Match match) =>
        $"{(match.Groups["part"].ValueSpan is "train" ? "train" : "test")}-{match.Groups["what"].Value}";

    [GeneratedRegex(@"\A(?<part>train|t10k|test)[-_.](?<what>images|labels)([-_.]idx\d)?([-_.]\w+)?(\.gz)?\z")]
    private static partial Regex UsualName();

    /// <summary>What is trained on, or tested on.</summary>
    internal sealed record Part(SourceFile Images, SourceFile Labels, SampleShape Shape, LabeledSamples Samples);
}
