using System.Collections.Concurrent;
using FLCrowd.Model.Labeling;
using FLCrowd.Model.Partitions;
using FLCrowd.Model.Storage;

namespace FLCrowd.Model.Training;

/// <summary>A network that learns to classify a data set from the clients' labels by local SGD.</summary>
internal class ClassificationModel : ILearningModel, IGradientModel, ISampleLoss, IRegularized, IHeldClasses, IConfusionMatrix
{
    private const int BytesPerSample = sizeof(int) + sizeof(byte);

    private readonly DataSet _data;
    private readonly SampleStore _training;
    private readonly ClientSamples _samples;
    private readonly INetwork _network;
    private readonly Evaluator _evaluator;
    private readonly Seed _seed;
    private readonly double _l2;
    private readonly int _clientCount;
    private readonly ConcurrentBag<Workspace> _idle = [];

    /// <param name="setup">Clients, data and seed.</param>
    /// <param name="l2">The weight of l2/2 |w|^2 in every client's loss.</param>
    /// <param name="create">Makes the network for the data set.</param>
    public ClassificationModel(LearningSetup setup, double l2, Func<DataSet, INetwork> create)
    {
        // A number for the place of each sample, and a byte for its label; they come as clients are asked for.
        var partition = setup.Partition;
        string count = partition.SampleCounts is null ? $"is {partition.SamplesPerClient}" : $"is up to {partition.SamplesPerClient}";
        LearningSetup.RequireMemory(
            "data.samples-per-client",
            $"{count}: with {setup.Weights.Count} clients, samples and labels",
            (double)partition.TotalOf(setup.Weights.Count) * BytesPerSample);
        (_data, _seed, _l2, _clientCount) = (setup.Data, setup.Seed, l2, setup.Weights.Count);
        _training = SampleStore.Of(_data.Training);
        _samples = new ClientSamples(setup.CreatePartition(), partition, setup.Seed, _clientCount);
        Labeling = new LabelDraw(_data, setup.Labels, _clientCount, setup.Seed);
        _network = create(_data);
        _evaluator = new Evaluator(_data, _samples, setup.Weights, l2);
    }

    /// <inheritdoc/>
    public int ParameterCount => _network.ParameterCount;

    /// <inheritdoc/>
    public int ClassCount => _data.ClassCount;

    /// <inheritdoc/>
    public int SampleCount(int client) => _samples.CountOf(client);

    /// <inheritdoc/>
    public void Initialise(Span<float> model) => _network.Initialise(_seed.For("weights"), model);

    /// <inheritdoc/>
    public ClientLabels Label(LabelingTask task)
    {
        return new ClientLabels(task.Client, task.Effort, Labeling.Draw(task, SamplesOf(task.Client)));
    }

    /// <inheritdoc/>
    public void CountClasses(int client, Span<int> counts)
    {
        counts.Clear();
        foreach (int sample in SamplesOf(client))
        {
            counts[_data.Training.Labels[sample]]++;
        }
    }

    /// <inheritdoc/>
    public void Train(ReadOnlySpan<float> global, TrainingProtocol protocol, IReadOnlyList<LocalTask> chunk)
    {
        var workspace = Rent();
        try
        {
            workspace.Worker.Load(global);
            foreach (var task in chunk)
            {
                TrainOne(workspace, protocol, task);
            }
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _data.ClassNames;

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> model) => Evaluate(model, []);

    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> model, Span<int> matrix)
    {
        var workspace = Rent();
        try
        {
            return _evaluator.Evaluate(model, workspace, matrix);
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <inheritdoc/>
    public double TestLoss(ReadOnlySpan<float> model)
    {
        var workspace = Rent();
        try
        {
            return _evaluator.TestLoss(model, workspace);
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <inheritdoc/>
    public int TestSampleCount => _data.Test.Count;

    /// <inheritdoc/>
    public double TestLoss(ReadOnlySpan<float> model, int sample)
    {
        var workspace = Rent();
        try
        {
            return _evaluator.TestLoss(model, workspace, sample);
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <inheritdoc/>
    public double Penalty(ReadOnlySpan<float> model) => _evaluator.Penalty(model);

    /// <inheritdoc/>
    public void TestGradient(ReadOnlySpan<float> model, Span<float> gradient)
    {
        var workspace = Rent();
        try
        {
            _evaluator.TestGradient(model, workspace, gradient);
        }
        finally
        {
            _idle.Add(workspace);
        }
    }

    /// <summary>Releases work space; no call may be under way.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var workspace))
        {
            workspace.Dispose();
        }
    }

    private void TrainOne(Workspace workspace, TrainingProtocol protocol, LocalTask task)
    {
        int batchSize = Validated(task, protocol);
        var samples = SamplesOf(task.Labels.Client);
        workspace.Worker.Restart();
        var rows = workspace.Rows(batchSize);
        var labels = workspace.Labels(batchSize);
        var logits = workspace.Logits(batchSize);
        for (int step = 1; step <= protocol.LocalSteps; step++)
        {
            BatchDraw.Draw(task.Seed.For("step", step), samples.Length, protocol.Replacement, rows, workspace.Deck);
            for (int j = 0; j < rows.Length; j++)
            {
                int position = rows[j];
                rows[j] = samples[position];
                labels[j] = task.Labels.Given is { } given ? given[position] : _data.Training.Labels[rows[j]];
            }

            var batch = new Batch(_training, rows);
            workspace.Worker.Forward(batch, logits);
            CrossEntropy.ToSlopes(logits, labels, _data.ClassCount);
            workspace.Worker.Backward(
                batch, logits, (float)(1 - protocol.StepSize * _l2), (float)(protocol.StepSize / batchSize));
        }

        workspace.Worker.Save(task.Local.Span);
    }

    private int Validated(LocalTask task, TrainingProtocol protocol)
    {
        int limit = protocol.Replacement ? int.MaxValue : _samples.CountOf(task.Labels.Client);
        return task.BatchSize >= 1 && task.BatchSize <= limit
            ? task.BatchSize
            : throw new InvalidActionException(
                $"client {task.Labels.Client}: batch size {task.BatchSize} is not between 1 and {limit}");
    }

    /// <summary>How clients label.</summary>
    protected LabelDraw Labeling { get; }

    /// <summary>The training samples that a client holds.</summary>
    protected int[] SamplesOf(int client)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(client);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(client, _clientCount);
        return _samples.SamplesOf(client);
    }

    private Workspace Rent() =>
        _idle.TryTake(out var workspace) ? workspace : new Workspace(_network, _data.ClassCount, _samples.Most);
}
