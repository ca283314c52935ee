using FLCrowd.Model.Partitions;
using FLCrowd.Model.Storage;

namespace FLCrowd.Model.Training;

/// <summary>
/// Tests models: one pass over the distinct training samples that the clients hold, whatever their number, and one over the
/// test set, in blocks, in a fixed order.
/// </summary>
internal sealed class Evaluator
{
    /// <summary>Large enough to amortise a call, small enough to stay in the cache.</summary>
    private const int BlockSize = 128;

    private readonly DataSet _data;
    private readonly double _l2;
    private readonly Lazy<(int[] Rows, double[] Weights)> _held;
    private readonly int[] _test;

    public Evaluator(DataSet data, ClientSamples samples, IReadOnlyList<double> clientWeights, double l2)
    {
        (_data, _l2) = (data, l2);
        _test = [.. Enumerable.Range(0, data.Test.Count)];

        // Only the server's node tests models: workers never pay for these.
        _held = new(() =>
        {
            var weights = samples.SampleWeights(clientWeights, data.Training.Count);
            int[] rows = [.. Enumerable.Range(0, weights.Length).Where(sample => weights[sample] > 0)];
            return (rows, [.. rows.Select(sample => weights[sample])]);
        });
    }

    /// <summary>Tests a model.</summary>
    /// <param name="model">w.</param>
    /// <param name="workspace">The thread's.</param>
    /// <param name="matrix">Takes the number of test samples by class and by the class that they are taken for; empty: nobody asks.</param>
    public Evaluation Evaluate(ReadOnlySpan<float> model, Workspace workspace, Span<int> matrix)
    {
        matrix.Clear();
        workspace.Worker.Load(model);
        var (rows, weights) = _held.Value;
        var training = Sum(workspace, _data.Training, rows, weights, []);
        var test = Sum(workspace, _data.Test, _test, [], matrix);
        return new Evaluation(training.Loss + Penalty(model), test.Loss / _test.Length, (double)test.Correct / _test.Length);
    }

    /// <summary>What training adds to the loss of samples.</summary>
    public double Penalty(ReadOnlySpan<float> model) => _l2 / 2 * SquaredNorm(model);

    /// <summary>The loss of one test sample.</summary>
    public double TestLoss(ReadOnlySpan<float> model, Workspace workspace, int sample)
    {
        workspace.Worker.Load(model);
        return Sum(workspace, _data.Test, _test.AsSpan(sample, 1), [], []).Loss;
    }

    /// <summary>The mean loss on the test data.</summary>
    public double TestLoss(ReadOnlySpan<float> model, Workspace workspace)
    {
        workspace.Worker.Load(model);
        return Sum(workspace, _data.Test, _test, [], []).Loss / _test.Length;
    }

    /// <summary>Writes the gradient of the test loss.</summary>
    public void TestGradient(ReadOnlySpan<float> model, Workspace workspace, Span<float> gradient)
    {
        var sum = new double[model.Length];
        var part = new float[model.Length];
        workspace.Worker.Load(model);
        for (int start = 0; start < _test.Length; start += BlockSize)
        {
            var block = _test.AsSpan(start, Math.Min(BlockSize, _test.Length - start));
            var batch = new Batch(SampleStore.Of(_data.Test), block);
            var logits = workspace.Logits(block.Length);
            workspace.Worker.Restart();
            workspace.Worker.Forward(batch, logits);
            CrossEntropy.ToSlopes(logits, _data.Test.Labels.AsSpan(start, block.Length), _data.ClassCount);

            // What a step of rate -1/n leaves of nothing.
            workspace.Worker.Backward(batch, logits, shrink: 0, rate: -1f / _test.Length);
            workspace.Worker.Save(part);
            for (int k = 0; k < part.Length; k++)
            {
                sum[k] += part[k];
            }
        }

        for (int k = 0; k < sum.Length; k++)
        {
            gradient[k] = (float)sum[k];
        }
    }

    /// <summary>The weighted sum of the samples' losses by the model that the worker holds; without weights each counts 1.</summary>
    private (double Loss, int Correct) Sum(
        Workspace workspace, LabeledSamples samples, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, Span<int> matrix)
    {
        var store = SampleStore.Of(samples);
        int stride = Logits.Stride(_data.ClassCount);
        double loss = 0;
        int correct = 0;
        for (int start = 0; start < rows.Length; start += BlockSize)
        {
            var block = rows.Slice(start, Math.Min(BlockSize, rows.Length - start));
            var logits = workspace.Logits(block.Length);
            workspace.Worker.Forward(new Batch(store, block), logits);
            for (int j = 0; j < block.Length; j++)
            {
                byte label = samples.Labels[block[j]];
                var (ofSample, taken) = CrossEntropy.Loss(logits.Slice(j * stride, stride), label, _data.ClassCount);
                loss += (weights.IsEmpty ? 1 : weights[start + j]) * ofSample;
                correct += taken == label ? 1 : 0;
                if (!matrix.IsEmpty)
                {
                    matrix[label * _data.ClassCount + taken]++;
                }
            }
        }

        return (loss, correct);
    }

    private static double SquaredNorm(ReadOnlySpan<float> model)
    {
        double sum = 0;
        foreach (float parameter in model)
        {
            sum += (double)parameter * parameter;
        }

        return sum;
    }
}
