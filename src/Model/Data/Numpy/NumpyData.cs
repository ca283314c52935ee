using System.Globalization;

namespace FLCrowd.Model.Data.Numpy;

/// <summary>Reads a data set out of NumPy's arrays.</summary>
internal sealed class NumpyData
{
    private const string Path = "data.npz";
    private const int MostClasses = byte.MaxValue + 1;

    private readonly NumpyOptions _options;
    private readonly NumpyArrays _arrays;

    private NumpyData(NumpyOptions options, NumpyArrays arrays) => (_options, _arrays) = (options, arrays);

    /// <exception cref="SettingException">A file is missing or wrong: names it, the array, what is wrong and what would be right.
    /// </exception>
    public static DataSet Load(NumpyOptions options) => new NumpyData(options, new NumpyArrays(options.File)).Load();

    private DataSet Load()
    {
        var train = ReadPart(_options.X ?? Default("X", "x"), _options.Y ?? Default("y", "y"), "x", "y");
        var columns = _options.Keep.ToDictionary(NameOf, name => Kept(name, train.Count));
        bool hasTest = _arrays.IsZip && _options.XTest is null ? _arrays.Has("X_test") : _options.XTest is not null;
        var test = hasTest || _options.YTest is not null
            ? ReadPart(_options.XTest ?? Default("X_test", "x-test"), _options.YTest ?? Default("y_test", "y-test"), "x-test", "y-test")
            : null;
        if (test is not null && test.Shape != train.Shape)
        {
            throw new SettingException(test.Owner, $"holds samples of {test.Shape.Channels} x {test.Shape.Height} x {test.Shape.Width}; "
                + $"must be {train.Shape.Channels} x {train.Shape.Height} x {train.Shape.Width}, as those to train on");
        }

        if (test is not null && _options.TestShare is not null)
        {
            throw new SettingException($"{Path}.test-share", $"is set, and {test.Owner} is there to test on; must be one of both");
        }

        var (labels, names) = Classes(train, test);
        var training = train.Features.With(labels[..train.Count]);
        return test is not null
            ? Named(training, test.Features.With(labels[train.Count..]), columns)
            : Divided();

        DataSet Divided()
        {
            double share = _options.TestShare ?? throw new SettingException(
                $"{Path}.test-share", "is not set, and there is no array to test on (x-test, y-test); must be one of both");
            var split = TestSplit.Draw(train.Owner, train.Count, share, _options.SplitSeed);
            return Named(
                TestSplit.Take(training, split.Training),
                TestSplit.Take(training, split.Test),
                columns.ToDictionary(column => column.Key, column => split.Training.Select(sample => column.Value[sample]).ToArray()));
        }

        DataSet Named(LabeledSamples training, LabeledSamples test, Dictionary<string, string[]> kept) => new(
            "npz", names?.Length ?? _options.Classes ?? 1 + Math.Max(training.Labels.Max(), test.Labels.Max()), train.Shape, training, test)
        {
            ClassNames = names ?? [],
            Columns = kept,
            Files = _arrays.Files,
        };
    }

    private string Default(string name, string option) => _arrays.IsZip
        ? name
        : throw new SettingException($"{Path}.{option}", "is not set; must be a .npy file, or file must be a .npz file");

    private string NameOf(string kept) => _arrays.IsZip ? kept : System.IO.Path.GetFileNameWithoutExtension(kept);

    private Part ReadPart(string x, string y, string xOption, string yOption)
    {
        var (form, features) = _arrays.Read(x, $"{Path}.{xOption}", (form, type, content) => type.Number is null
            ? throw form.Wrong("holds texts; features must be numbers")
            : (form, content.Features(_options.Scale, _options.Layout)));
        var labels = _arrays.Read(y, $"{Path}.{yOption}", (labelForm, type, content) => new Labels(
            labelForm,
            type.Number is null ? null : content.Labels(_options.Classes),
            type.Number is null ? Texts(labelForm, type, content) : null));
        return labels.Form.Count == form.Count
            ? new Part(form.Owner, form.Shape(_options.Layout), features, labels)
            : throw labels.Form.Wrong($"holds {labels.Form.Count} labels; must be {form.Count}, as there are samples in {form.Owner}");
    }

    private string[] Kept(string name, int count) => _arrays.Read(name, $"{Path}.keep", (form, type, content) =>
    {
        if (form.Length != count)
        {
            throw form.Wrong($"holds {form.Size} values; a column that is kept must hold {count}, one for each training sample");
        }

        return type.Number is null
            ? Texts(form, type, content)
            : [.. content.Numbers().Select(number => number.ToString(CultureInfo.InvariantCulture))];
    });

    private static string[] Texts(ArrayForm form, NumpyType type, ArrayContent content)
    {
        if (form.Length != form.Count)
        {
            throw form.Wrong($"holds {form.Size} texts; must be one for each sample");
        }

        var bytes = content.Bytes(type.Size);
        return [.. Enumerable.Range(0, form.Count).Select(sample => type.Text(bytes.AsSpan(sample * type.Size, type.Size))
            ?? throw form.Wrong($"value {sample} is no text; must be UTF-8, or UTF-32 as NumPy writes it"))];
    }

    /// <summary>Labels that are texts are numbered in ordinal order; those to train on and to test on are of one kind.</summary>
    private static (byte[] Labels, string[]? Names) Classes(Part train, Part? test)
    {
        if (test is not null && (train.Labels.Texts is null) != (test.Labels.Texts is null))
        {
            throw test.Labels.Form.Wrong(
                $"holds {(test.Labels.Texts is null ? "numbers" : "texts")}, and the labels to train on are not; must be of one kind");
        }

        if (train.Labels.Texts is not { } texts)
        {
            return ([.. train.Labels.Numbers!, .. test?.Labels.Numbers ?? []], null);
        }

        string[] all = [.. texts, .. test?.Labels.Texts ?? []];
        string[] names = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > MostClasses)
        {
            throw train.Labels.Form.Wrong($"holds {names.Length} different labels; must be at most {MostClasses}");
        }

        int strange = Array.FindIndex(all, text => Array.BinarySearch(names, text, StringComparer.Ordinal) < 0);
        return strange < 0
            ? ([.. all.Select(text => (byte)Array.BinarySearch(names, text, StringComparer.Ordinal))], names)
            : throw test!.Labels.Form.Wrong($"label {strange - texts.Length} is '{all[strange]}', which is none of those to train on: "
                + string.Join(", ", names.Take(10)));
    }

    private sealed record Labels(ArrayForm Form, byte[]? Numbers, string[]? Texts);

    private sealed record Part(string Owner, SampleShape Shape, FeatureArray Features, Labels Labels)
    {
        public int Count => Labels.Form.Count;
    }
}
