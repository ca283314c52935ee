using System.Collections.Concurrent;

namespace FLCrowd.Sample.Plugin;

/// <summary>
/// A linear classifier that is fitted by least squares: F(w) is the mean over samples of 1/2 sum_k (w_k x + b_k - [y = k])^2. The model is
/// w_0, b_0, w_1, b_1, ... It holds no state but the clients' samples, so any number of threads may call it.
/// </summary>
internal sealed class LeastSquares(LearningSetup setup) : ILearningModel
{
    private readonly DataSet _data = setup.Data;
    private readonly IPartition _partition = setup.CreatePartition();
    private readonly ConcurrentDictionary<int, int[]> _samples = new();

    public int ParameterCount => _data.ClassCount * RowLength;

    public int ClassCount => _data.ClassCount;

    private int Features => _data.Shape.FeatureCount;

    private int RowLength => Features + 1;

    public int SampleCount(int client) => setup.Partition.CountOf(client);

    public void Initialise(Span<float> model) => model.Clear();

    public ClientLabels Label(LabelingTask task)
    {
        var samples = SamplesOf(task.Client);
        var given = new byte[samples.Length];
        for (int j = 0; j < given.Length; j++)
        {
            // With effort e a label is right with probability e, and one of all classes otherwise.
            int label = task.Seed.For("effort").Uniform(j) < task.Effort
                ? _data.Training.Labels[samples[j]]
                : task.Seed.For("guess").Index(ClassCount, j);
            given[j] = (byte)(task.Labeler?.Label(new LabelView
            {
                Client = task.Client,
                Sample = j,
                Label = label,
                ClassCount = ClassCount,
                Seed = task.Seed.For("labeler"),
            }) ?? label);
        }

        return new ClientLabels(task.Client, task.Effort, given);
    }

    public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk)
    {
        foreach (var task in chunk)
        {
            var samples = SamplesOf(task.Labels.Client);
            var model = task.Local.Span;
            global.CopyTo(model);
            for (int step = 1; step <= protocol.LocalSteps; step++)
            {
                var batch = Batch(task.Seed.For("step", step), samples.Length, task.BatchSize, protocol.Replacement);
                var slopes = new float[task.BatchSize * ClassCount];
                for (int j = 0; j < batch.Length; j++)
                {
                    Slopes(model, _data.Training, samples[batch[j]], task.Labels.Given![batch[j]], slopes.AsSpan(j * ClassCount));
                }

                for (int j = 0; j < batch.Length; j++)
                {
                    var features = Sample(_data.Training, samples[batch[j]]);
                    Descend(model, features, slopes.AsSpan(j * ClassCount), (float)(protocol.StepSize / batch.Length));
                }
            }
        }
    }

    public Evaluation Evaluate(ReadOnlySpan<float> model)
    {
        double training = 0;
        for (int client = 0; client < setup.Weights.Count; client++)
        {
            training += setup.Weights[client] * Test(model, _data.Training, SamplesOf(client)).Loss;
        }

        var (loss, accuracy) = Test(model, _data.Test, [.. Enumerable.Range(0, _data.Test.Count)]);
        return new Evaluation(training, loss, accuracy);
    }

    public void Dispose()
    {
    }

    private int[] SamplesOf(int client) => _samples.GetOrAdd(client, _ =>
    {
        var samples = new int[SampleCount(client)];
        _partition.Draw(client, setup.Seed.For("partition", client), samples);
        return samples;
    });

    private static int[] Batch(Seed seed, int count, int size, bool replacement)
    {
        int[] deck = [.. Enumerable.Range(0, count)];
        var batch = new int[size];
        for (int j = 0; j < size; j++)
        {
            int drawn = replacement ? seed.Index(count, j) : j + seed.Index(count - j, j);
            batch[j] = deck[drawn];
            if (!replacement)
            {
                (deck[j], deck[drawn]) = (deck[drawn], deck[j]);
            }
        }

        return batch;
    }

    private (double Loss, double Accuracy) Test(ReadOnlySpan<float> model, LabeledSamples data, ReadOnlySpan<int> samples)
    {
        var (loss, right) = (0.0, 0);
        Span<float> slopes = stackalloc float[ClassCount];
        foreach (int sample in samples)
        {
            byte label = data.Labels[sample];
            Slopes(model, data, sample, label, slopes);
            foreach (float slope in slopes)
            {
                loss += 0.5 * slope * slope;
            }

            slopes[label] += 1;
            right += Largest(slopes) == label ? 1 : 0;
        }

        return (loss / samples.Length, (double)right / samples.Length);
    }

    /// <summary>What the loss of a sample changes by with each output: the output less what it should be.</summary>
    private void Slopes(ReadOnlySpan<float> model, LabeledSamples data, int sample, byte label, Span<float> slopes)
    {
        var features = Sample(data, sample);
        for (int k = 0; k < ClassCount; k++)
        {
            var row = model.Slice(k * RowLength, RowLength);
            float output = row[^1];
            for (int f = 0; f < features.Length; f++)
            {
                output += row[f] * features[f];
            }

            slopes[k] = output - (k == label ? 1 : 0);
        }
    }

    private void Descend(Span<float> model, ReadOnlySpan<float> features, ReadOnlySpan<float> slopes, float step)
    {
        for (int k = 0; k < ClassCount; k++)
        {
            var row = model.Slice(k * RowLength, RowLength);
            float change = step * slopes[k];
            row[^1] -= change;
            for (int f = 0; f < features.Length; f++)
            {
                row[f] -= change * features[f];
            }
        }
    }

    private ReadOnlySpan<float> Sample(LabeledSamples data, int sample) => data.Features.AsSpan(sample * Features, Features);

    private static int Largest(ReadOnlySpan<float> outputs)
    {
        int largest = 0;
        for (int k = 1; k < outputs.Length; k++)
        {
            largest = outputs[k] > outputs[largest] ? k : largest;
        }

        return largest;
    }
}
