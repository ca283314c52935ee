using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace FLCrowd.Model.Labeling;

/// <summary>Classes as texts name them: by name where classes have names, by number, from 0, where they have none or none of them is a
/// number.</summary>
internal sealed class ClassTexts
{
    private const int MostShown = 12;

    private static readonly ConditionalWeakTable<DataSet, ConcurrentDictionary<string, byte[]>> Columns = [];

    private readonly Dictionary<string, int> _classes = new(StringComparer.Ordinal);

    public ClassTexts(DataSet data)
    {
        var names = data.ClassNames;
        for (int k = 0; k < names.Count; k++)
        {
            _classes.TryAdd(names[k], k);
        }

        bool byNumber = !names.Any(name => WholeNumber.Parse<int>(name) is not null);
        for (int k = 0; byNumber && k < data.ClassCount; k++)
        {
            _classes.TryAdd(k.ToString(CultureInfo.InvariantCulture), k);
        }

        Known = $"{(byNumber ? $"0 to {data.ClassCount - 1}" : "")}{(byNumber && names.Count > 0 ? ", or " : "")}"
            + $"{string.Join(", ", names.Take(MostShown))}{(names.Count > MostShown ? ", ..." : "")}";
    }

    /// <summary>What there is, for messages.</summary>
    public string Known { get; }

    /// <summary>The class that a text names; null: none.</summary>
    public int? Find(string text) => _classes.TryGetValue(text.Trim(), out int found) ? found : null;

    /// <summary>The labels of a column of the data set; read once.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="column">The column's name; null: it is not set.</param>
    /// <param name="path">The setting that names it.</param>
    /// <exception cref="SettingException">There is no such column, or something in it is no class.</exception>
    public static byte[] OfColumn(DataSet data, string? column, string path)
    {
        if (column is null || !data.Columns.TryGetValue(column, out var texts))
        {
            string names = string.Join(", ", data.Columns.Keys.Order(StringComparer.Ordinal).Take(MostShown));
            throw new SettingException(
                path,
                $"{(column is null ? "is not set" : $"is {column}")}; must be a column of '{data.Name}', which has "
                + (names.Length == 0 ? "none beside features and label" : names));
        }

        return Columns.GetOrCreateValue(data).GetOrAdd(column, _ =>
        {
            var classes = new ClassTexts(data);
            var labels = new byte[data.Training.Count];
            for (int sample = 0; sample < labels.Length; sample++)
            {
                labels[sample] = (byte)(classes.Find(texts[sample]) ?? throw new SettingException(
                    path, $"is {column}, which has '{texts[sample]}' for training sample {sample}; must be a class: {classes.Known}"));
            }

            return labels;
        });
    }
}
