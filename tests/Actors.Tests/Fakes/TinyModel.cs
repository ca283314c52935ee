using System.Threading.Channels;

namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>
/// A model of five numbers that costs nothing to train, whose local models depend on all that they may depend on: client, labels,
/// batch size, seed, global model. It takes note of what it is asked for.
/// </summary>
internal sealed class TinyModel(TinyWorld world, LearningSetup setup) : ILearningModel, ISampleLoss, IRegularized, IConfusionMatrix
{
    public const int Length = 5;
    public const int Classes = 3;
    public const int Samples = 4;
    public const double Added = 0.25;

    public double Penalty(ReadOnlySpan<float> model) => Added;

    public int ParameterCount => Length;

    public int ClassCount => Classes;

    public int SampleCount(int client) => Samples;

    public void Initialise(Span<float> model)
    {
        for (int i = 0; i < model.Length; i++)
        {
            model[i] = (float)setup.Seed.For("initial").Uniform(i);
        }
    }

    public ClientLabels Label(LabelingTask task)
    {
        var given = new byte[Samples];
        for (int sample = 0; sample < Samples; sample++)
        {
            int label = task.Seed.Uniform(sample) < task.Effort
                ? (task.Client + sample) % Classes
                : task.Seed.Index(Classes, Samples + sample);
            label = task.Labeler?.Label(new LabelView
            {
                Client = task.Client,
                Sample = sample,
                Label = label,
                ClassCount = Classes,
                Seed = task.Seed.For("labeler"),
            }) ?? label;
            given[sample] = (byte)label;
        }

        world.Labels[task.Client] = given;
        var labels = new ClientLabels(task.Client, task.Effort, given);
        return world.Labeling is { } labeling ? labeling(labels) : labels;
    }

    public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk)
    {
        foreach (var task in chunk)
        {
            world.BeforeTraining?.Invoke(task.Labels.Client);
            var local = task.Local.Span;
            for (int i = 0; i < local.Length; i++)
            {
                double target = task.Labels.Client + task.Labels.Given![i % Samples] + task.Seed.Uniform(i) / task.BatchSize;
                local[i] = (float)(global[i] + protocol.StepSize * (target - global[i]));
            }

            world.Trained(task.Labels.Client, local);
        }
    }

    public Evaluation Evaluate(ReadOnlySpan<float> model)
    {
        double loss = 0;
        foreach (float parameter in model)
        {
            loss += parameter * parameter;
        }

        return world.Evaluate?.Invoke(loss) ?? new Evaluation(loss + 1, loss, double.NaN);
    }

    public IReadOnlyList<string> ClassNames => ["a", "b", "c"];

    /// <summary>Counts that differ from model to model.</summary>
    public Evaluation Evaluate(ReadOnlySpan<float> model, Span<int> matrix)
    {
        matrix.Clear();
        for (int i = 0; i < model.Length; i++)
        {
            matrix[i] = (int)(1000 * Math.Abs(model[i])) % 97;
        }

        return Evaluate(model);
    }

    public int TestSampleCount => 1000;

    /// <summary>The sample's number.</summary>
    public double TestLoss(ReadOnlySpan<float> model, int sample) => sample;

    public void Dispose()
    {
        world.Disposals.Writer.TryWrite(this);
        world.Disposing?.Invoke();
    }
}

/// <summary>What the tiny models of one test were asked for, and how they are to behave.</summary>
internal sealed class TinyWorld
{
    private readonly Dictionary<int, List<float[]>> _locals = [];

    /// <summary>The last labels of each client.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<int, byte[]> Labels { get; } = [];

    /// <summary>One entry per disposed model.</summary>
    public Channel<TinyModel> Disposals { get; } = Channel.CreateUnbounded<TinyModel>();

    /// <summary>Called with the client before it is trained; may throw.</summary>
    public Action<int>? BeforeTraining { get; set; }

    /// <summary>Makes other labels of a client's.</summary>
    public Func<ClientLabels, ClientLabels>? Labeling { get; set; }

    /// <summary>Makes another evaluation of a loss.</summary>
    public Func<double, Evaluation>? Evaluate { get; set; }

    /// <summary>Called after a disposal; may throw.</summary>
    public Action? Disposing { get; set; }

    /// <summary>How many models were made.</summary>
    public int Models { get; set; }

    /// <summary>The local models of a client, in the order of training.</summary>
    public IReadOnlyList<float[]> LocalsOf(int client)
    {
        lock (_locals)
        {
            return [.. _locals.GetValueOrDefault(client, [])];
        }
    }

    public void Trained(int client, ReadOnlySpan<float> local)
    {
        lock (_locals)
        {
            if (!_locals.TryGetValue(client, out var locals))
            {
                _locals[client] = locals = [];
            }

            locals.Add(local.ToArray());
        }
    }
}
