namespace FLCrowd.Model.Labeling;

/// <summary>Draws of one client's labeling in one episode.</summary>
/// <param name="Label">Which class.</param>
/// <param name="Worker">Whose answer.</param>
internal readonly record struct LabelDraws(Seed Label, Seed Worker);

/// <summary>Something that labels are taken from. Equal arguments give equal labels, on any thread.</summary>
internal abstract class LabelGiver
{
    /// <summary>What is no label: it is not known here.</summary>
    public const int Unknown = -1;

    /// <summary>The label of a sample in the hands of a client.</summary>
    /// <param name="client">The client's index.</param>
    /// <param name="sample">The sample's position in the training set.</param>
    /// <param name="position">Its position in the client's data: the index of draws.</param>
    /// <param name="draws">The client's draws.</param>
    public abstract int Label(int client, int sample, int position, in LabelDraws draws);

    /// <summary>The probability that this label is not the true one; null: it is not known.</summary>
    public abstract double? Wrong(int client, int sample);
}

/// <summary>The data set's own labels.</summary>
internal sealed class TrueLabels(DataSet data) : LabelGiver
{
    public override int Label(int client, int sample, int position, in LabelDraws draws) => data.Training.Labels[sample];

    public override double? Wrong(int client, int sample) => 0;
}

/// <summary>Uniform over all classes.</summary>
internal sealed class UniformLabels(DataSet data) : LabelGiver
{
    public override int Label(int client, int sample, int position, in LabelDraws draws) => draws.Label.Index(data.ClassCount, position);

    public override double? Wrong(int client, int sample) => 1 - 1.0 / data.ClassCount;
}

/// <summary>Drawn from the true class's row of a confusion matrix.</summary>
internal sealed class ConfusedLabels : LabelGiver
{
    private readonly DataSet _data;
    private readonly ValueList<double> _matrix;
    private readonly double[][] _upTo;

    /// <exception cref="SettingException">The matrix does not fit the classes.</exception>
    public ConfusedLabels(DataSet data, ValueList<double> matrix)
    {
        (_data, _matrix) = (data, matrix);
        int classes = data.ClassCount;
        if (matrix.Count != classes * classes)
        {
            throw new SettingException(
                "data.labels.confusion",
                $"has {matrix.Count} numbers; must be {classes} rows of {classes}, as '{data.Name}' has {classes} classes");
        }

        _upTo = [.. Enumerable.Range(0, classes).Select(row =>
        {
            var upTo = new double[classes];
            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                upTo[k] = sum += matrix[row * classes + k];
            }

            return upTo;
        })];
    }

    public override int Label(int client, int sample, int position, in LabelDraws draws)
    {
        var upTo = _upTo[_data.Training.Labels[sample]];

        // Rows add up to 1 but for rounding.
        double at = draws.Label.Uniform(position) * upTo[^1];
        int drawn = Array.FindIndex(upTo, sum => at < sum);
        return drawn < 0 ? Array.FindLastIndex(upTo, sum => sum > 0) : drawn;
    }

    public override double? Wrong(int client, int sample)
    {
        int right = _data.Training.Labels[sample];
        return 1 - _matrix[right * _data.ClassCount + right] / _upTo[right][^1];
    }
}

/// <summary>As a column of the data set has them.</summary>
internal sealed class ColumnLabels(DataSet data, string? column, string path) : LabelGiver
{
    private readonly byte[] _labels = ClassTexts.OfColumn(data, column, path);

    public override int Label(int client, int sample, int position, in LabelDraws draws) => _labels[sample];

    public override double? Wrong(int client, int sample) => _labels[sample] == data.Training.Labels[sample] ? 0 : 1;
}
