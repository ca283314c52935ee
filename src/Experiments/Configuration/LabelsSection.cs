using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FLCrowd.Experiments.Configuration;

/// <summary>Where labels come from: the section <c>data.labels</c>.</summary>
internal static class LabelsSection
{
    private const string None = "none";
    private const double Tolerance = 1e-6;

    private static readonly string[] Careful = ["truth", "column", "annotators"];
    private static readonly string[] Careless = ["uniform", "confusion", "column", "annotators"];

    /// <param name="section">The section.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="files">Gets the files that labels come from.</param>
    /// <returns>Where they come from, but for skills; those.</returns>
    /// <exception cref="SettingException">Anything misspelt or out of range, a source that is not given, or a file that cannot be
    /// read.</exception>
    public static (LabelSettings Labels, SkillLevels Skill) Read(Section section, int clients, ICollection<DataFile> files)
    {
        var careful = Source(section, "careful", Careful);
        var careless = Source(section, "careless", Careless);
        var labels = new LabelSettings
        {
            Careful = careful,
            Careless = careless,
            CarefulColumn = Given(section, "careful-column", careful == LabelSource.Column),
            CarelessColumn = Given(section, "careless-column", careless == LabelSource.Column),
            Confusion = Confusion(section, careless == LabelSource.Confusion, files),
            Annotators = Annotators(
                section.Sub("annotators"), careful == LabelSource.Annotators || careless == LabelSource.Annotators, files),
        };
        var skill = SkillLevels.Read(section, clients);
        section.Done();
        return (labels, skill);
    }

    private static LabelSource Source(Section section, string key, string[] known) =>
        Enum.Parse<LabelSource>(section.OneOf(key, known, name => name), ignoreCase: true);

    /// <summary>A text, where it is used; null otherwise.</summary>
    private static string? Given(Section section, string key, bool isUsed)
    {
        string text = section.Text(key);
        return isUsed && text == None
            ? throw new SettingException(
                section.PathOf(key), $"is {None}; must name a column of the data set, as labels are to come from one")
            : isUsed ? text : null;
    }

    private static AnnotatorSettings? Annotators(Section section, bool isUsed, ICollection<DataFile> files)
    {
        var asked = new AnnotatorSettings
        {
            File = section.Text("file"),
            Sample = section.Text("sample"),
            Worker = section.Text("worker"),
            Answer = section.Text("answer"),
            WorkersPerClient = section.Whole("workers-per-client", 1),
        };
        section.Done();
        if (!isUsed)
        {
            return null;
        }

        const string Right = "a CSV file of samples, workers and answers, as labels are to come from one";
        string path = section.PathOf("file");
        if (asked.File == None)
        {
            throw new SettingException(path, $"is {None}; must be {Right}");
        }

        var (_, file) = SettingFile.Read(path, asked.File, Right);
        files.Add(file);
        return asked with { Sha256 = file.Sha256 };
    }

    /// <summary>A matrix, where it is used; null otherwise.</summary>
    private static ValueList<double>? Confusion(Section section, bool isUsed, ICollection<DataFile> files)
    {
        const string Key = "confusion";
        if (!section.IsList(Key) && section.Text(Key) == None)
        {
            return isUsed
                ? throw new SettingException(
                    section.PathOf(Key), $"is {None}; must be a list of rows or a CSV file of them, as careless labels are to come from it")
                : null;
        }

        string path = section.PathOf(Key);
        var rows = section.IsList(Key)
            ? [.. section.List(Key).Select((row, index) => (Where: $"row {index}", Numbers: Numbers(row, $"row {index}", path)))]
            : FromFile(path, section.Text(Key), isUsed ? files : []);
        foreach (var (where, numbers) in rows)
        {
            if (numbers.Length != rows.Count)
            {
                throw new SettingException(path, $"{where} has {numbers.Length} numbers; must have {rows.Count}, as there are rows");
            }

            if (Array.Exists(numbers, number => number < 0) || Math.Abs(numbers.Sum() - 1) > Tolerance)
            {
                throw new SettingException(path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where} has numbers from {numbers.Min()} that add up to {numbers.Sum():0.######}; must be probabilities that add "
                    + $"up to 1, of the labels that samples of a class are given"));
            }
        }

        return isUsed ? new ValueList<double>(rows.SelectMany(row => row.Numbers)) : null;
    }

    private static double[] Numbers(JsonNode? row, string where, string path) => row is JsonArray { Count: > 0 } items
        ? [.. items.Select(item => Number((item as JsonValue)?.ToString(), where, path))]
        : throw new SettingException(path, $"{where} is no list; must be a list of rows, each a list of probabilities");

    private static List<(string Where, double[] Numbers)> FromFile(string path, string file, ICollection<DataFile> files)
    {
        var (bytes, listed) = SettingFile.Read(path, file, "a list of rows, or a CSV file of them");
        files.Add(listed);
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return [.. lines.Select((line, index) => ($"{file}, line {index + 1}", line.Split(',')))
            .Select(line => (line.Item1, (double[])[.. line.Item2.Select(field => Number(field.Trim(), line.Item1, path))]))];
    }

    private static double Number(string? text, string where, string path) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new SettingException(path, $"{where} has '{text}'; must be numbers");
}
