using FLCrowd.Model.Estimation;
using FLCrowd.Model.Partitions;
using FLCrowd.Model.Tests.Training;

namespace FLCrowd.Model.Tests.Estimation;

/// <summary>Softmax regression small enough to be computed as plainly as it is defined.</summary>
internal sealed class SmallCrowd
{
    public const int Classes = 3;
    public const double L2 = 0.05;
    private const int Features = 7;

    public static readonly double[] Weights = [0.5, 0.2, 0.3];

    private static readonly DataSet Data = WithZeros(Worlds.Noise(new SampleShape(1, 1, Features), Classes, 60));

    public SmallCrowd()
    {
        Setup = Worlds.Setup(Data, Weights.Length, 12, weights: Weights);
        var partition = new ClientSamples(Setup.CreatePartition(), Setup.Partition, Setup.Seed, Setup.Weights.Count);
        Rows = [.. Weights.Select((_, client) => partition.SamplesOf(client))];
        Samples = new SparseSamples(Data.Training, Features, Rows.SelectMany(rows => rows));
        Landscape = new SoftmaxLandscape(Samples, Classes, L2, Rows, Weights, new float[Classes * (Features + 1)], new Seed(3));
        Model = [.. Enumerable.Range(0, Classes * (Features + 1)).Select(k => (float)(4 * new Seed(4).Uniform(k) - 2))];
    }

    public LearningSetup Setup { get; }

    public int[][] Rows { get; }

    public SparseSamples Samples { get; }

    public SoftmaxLandscape Landscape { get; }

    /// <summary>Some w, as the model has it.</summary>
    public float[] Model { get; }

    /// <summary>x with the bias.</summary>
    public static double[] Input(int row) => [.. Reference.Widen(Data.Training.Features.AsSpan(row * Features, Features)), 1];

    /// <summary>The gradient of one sample's loss by w = [W, b], for any label, with regularisation.</summary>
    public static double[] Gradient(double[] w, int row, int? label = null)
    {
        var x = Input(row);
        var logits = Reference.Softmax(Classes)(w, Data.Training.Features.AsSpan(row * Features, Features));
        double sum = logits.Sum(Math.Exp);
        var gradient = new double[w.Length];
        for (int k = 0; k < Classes; k++)
        {
            double slope = (Math.Exp(logits[k]) / sum) - (k == (label ?? Data.Training.Labels[row]) ? 1 : 0);
            for (int j = 0; j <= Features; j++)
            {
                int at = j < Features ? (k * Features) + j : (Classes * Features) + k;
                gradient[at] = (slope * x[j]) + (L2 * w[at]);
            }
        }

        return gradient;
    }

    /// <summary>grad F_i(w).</summary>
    public double[] ClientGradient(double[] w, int client)
    {
        var each = Rows[client].Select(row => Gradient(w, row)).ToList();
        return [.. w.Select((_, k) => each.Average(gradient => gradient[k]))];
    }

    /// <summary>F_i(w).</summary>
    public double ClientLoss(double[] w, int client) => (L2 / 2 * w.Sum(x => x * x)) + Rows[client].Average(row => Reference.CrossEntropy(
        Reference.Softmax(Classes)(w, Data.Training.Features.AsSpan(row * Features, Features)), Data.Training.Labels[row]));

    /// <summary>Parameters in the layout of the estimation as [W, b].</summary>
    public static double[] Flat(SoftmaxLoss loss, double[] w, int count)
    {
        var places = loss.Widen([.. Enumerable.Range(1, count).Select(k => (float)k)]);
        var flat = new double[count];
        for (int at = 0; at < places.Length; at++)
        {
            if (places[at] > 0)
            {
                flat[(int)places[at] - 1] = w[at];
            }
        }

        return flat;
    }

    public static double SquaredDistance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static DataSet WithZeros(DataSet data) => data with
    {
        Training = data.Training with { Features = [.. data.Training.Features.Select(pixel => pixel < 0.4f ? 0 : pixel)] },
    };
}
