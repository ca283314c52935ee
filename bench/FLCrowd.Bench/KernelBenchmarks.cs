using BenchmarkDotNet.Attributes;

namespace FLCrowd.Bench;

/// <summary>What games spend their time on: a client's update, and tests of the global model. One thread.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Chunk = 8;

    private BenchGame _game = null!;
    private ILearningModel _model = null!;
    private LocalTask[] _tasks = [];
    private float[] _global = [];
    private float[] _gradient = [];
    private int _round;

    /// <summary>The model, of the default size.</summary>
    [Params("softmax", "mlp", "cnn")]
    public string Model { get; set; } = "";

    /// <summary>Makes the model, with a hundred clients, and their tasks.</summary>
    [GlobalSetup]
    public void Begin()
    {
        _game = new BenchGame(new PluginChoice(Model), Clients: 100, BatchSize: 50, StepSize: 0.1, Rounds: 1, Seed: 1);
        _model = GameOptions.CreateModel(_game);
        _global = new float[_model.ParameterCount];
        _gradient = new float[_model.ParameterCount];
        _model.Initialise(_global);
        _tasks = [.. Enumerable.Range(0, _game.Clients).Select(client => new LocalTask
        {
            Labels = new ClientLabels(client, 1, null),
            BatchSize = _game.BatchSize,
            Seed = _game.RootSeed,
            Local = new float[_model.ParameterCount],
        })];
    }

    /// <summary>Releases it.</summary>
    [GlobalCleanup]
    public void End() => _model.Dispose();

    /// <summary>One client's update: D = 50, one step, from any of its samples.</summary>
    [Benchmark(OperationsPerInvoke = Chunk)]
    public void Train()
    {
        int first = _round++ % (_tasks.Length / Chunk) * Chunk;
        var tasks = new LocalTask[Chunk];
        for (int k = 0; k < Chunk; k++)
        {
            tasks[k] = _tasks[first + k] with { Seed = _game.RootSeed.For("train", first + k, _round) };
        }

        _model.Train(_global, _game.Protocol, tasks);
    }

    /// <summary>The test loss, which LCEME pays by.</summary>
    [Benchmark]
    public double TestLoss() => _model.TestLoss(_global);

    /// <summary>Training and test loss and accuracy: a point of a curve.</summary>
    [Benchmark]
    public Evaluation Evaluate() => _model.Evaluate(_global);

    /// <summary>The gradient of the test loss, which <c>influence</c> pays by.</summary>
    [Benchmark]
    public void TestGradient() => ((IGradientModel)_model).TestGradient(_global, _gradient);
}
