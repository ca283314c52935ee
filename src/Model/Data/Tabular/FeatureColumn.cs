namespace FLCrowd.Model.Data.Tabular;

/// <summary>The features that a column becomes; all that they are made by is of samples to train on.</summary>
internal abstract class FeatureColumn
{
    private const int MostCategories = 10_000;

    /// <summary>How many features it becomes.</summary>
    public abstract int Width { get; }

    /// <summary>Writes a row's features; they are zero before.</summary>
    public abstract void Write(int row, Span<float> features);

    /// <param name="column">The column.</param>
    /// <param name="training">The rows to train on.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="standardise">Whether numbers are shifted and scaled.</param>
    /// <exception cref="SettingException">There is nothing to learn from in it, or too much.</exception>
    public static FeatureColumn Of(TableColumn column, int[] training, string file, bool standardise)
    {
        if (column.IsTexts && training.Any(row => column.Codes[row] != TableColumn.MissingCode))
        {
            var categories = Categories.Of(column, training);
            return categories.Width <= MostCategories
                ? categories
                : throw new SettingException(file, $"column {column.Name} has {categories.Width} categories; "
                    + $"must have at most {MostCategories}, "
                    + "or 'keep' or 'ignore' must list the column");
        }

        return column.IsNumbers && training.Any(row => !double.IsNaN(column.Numbers[row]))
            ? Values.Of(column, training, standardise)
            : throw new SettingException(file, $"column {column.Name} has no value in a row to train on; 'ignore' must list the column");
    }

    private sealed class Values(IReadOnlyList<double> numbers, double mean, double shift, double divisor) : FeatureColumn
    {
        /// <summary>What is as equal as sums of doubles can tell.</summary>
        private const double Equal = 1e-12;

        public override int Width => 1;

        public static Values Of(TableColumn column, int[] training, bool standardise)
        {
            var known = training.Select(row => column.Numbers[row]).Where(number => !double.IsNaN(number)).ToArray();
            double mean = known.Average();
            double deviation = Math.Sqrt(known.Average(number => (number - mean) * (number - mean)));
            return standardise
                ? new Values(column.Numbers, mean, mean, deviation > Equal * Math.Abs(mean) ? deviation : 1)
                : new Values(column.Numbers, mean, 0, 1);
        }

        public override void Write(int row, Span<float> features)
        {
            double number = double.IsNaN(numbers[row]) ? mean : numbers[row];
            features[0] = (float)((number - shift) / divisor);
        }
    }

    /// <summary>One feature for each category: 1 where it is that one, else 0.</summary>
    private sealed class Categories(IReadOnlyList<int> codes, Dictionary<int, int> places) : FeatureColumn
    {
        public override int Width => places.Count;

        public static Categories Of(TableColumn column, int[] training)
        {
            var seen = training.Select(row => column.Codes[row]).Distinct()
                .OrderBy(code => code == TableColumn.MissingCode)
                .ThenBy(code => code == TableColumn.MissingCode ? "" : column.Texts[code], StringComparer.Ordinal);
            return new Categories(column.Codes, seen.Index().ToDictionary(code => code.Item, code => code.Index));
        }

        public override void Write(int row, Span<float> features)
        {
            if (places.TryGetValue(codes[row], out int place))
            {
                features[place] = 1;
            }
        }
    }
}
