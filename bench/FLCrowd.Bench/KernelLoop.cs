using System.Collections.Concurrent;

namespace FLCrowd.Bench;

/// <summary>The bare kernel: every client of a game trains, without actors, aggregation or evaluation.</summary>
internal sealed class KernelLoop
{
    private readonly BenchGame _game;
    private readonly ILearningModel _model;
    private readonly LocalTask[][] _chunks;
    private readonly ParallelOptions _parallel;
    private readonly float[] _global;
    private readonly ConcurrentBag<float[][]> _locals = [];
    private int _round;

    public KernelLoop(BenchGame game, ILearningModel model, int threads, int chunkSize)
    {
        _game = game;
        _model = model;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _global = new float[model.ParameterCount];
        model.Initialise(_global);

        _chunks = [.. Enumerable.Range(0, game.Clients)
            .Select(client => new LocalTask
            {
                Labels = model.Label(new LabelingTask { Client = client, Effort = 1, Seed = game.RootSeed.For("labels", client) }),
                BatchSize = game.BatchSize,
                Seed = game.RootSeed,
                Local = default,
            })
            .Chunk(chunkSize)];
        Round(); // partitions, buffers, compiled code
    }

    /// <summary>The game's rounds.</summary>
    public Throughput Measure()
    {
        var meter = Meter.Start();
        for (int round = 0; round < _game.Protocol.Rounds; round++)
        {
            Round();
        }

        return meter.Stop(_game.Clients * _game.Protocol.Rounds);
    }

    private void Round()
    {
        int round = ++_round;
        Parallel.ForEach(_chunks, _parallel, chunk =>
        {
            // As in a game, whose server has read local models before the next are made.
            var locals = _locals.TryTake(out var kept) ? kept : [.. _chunks[0].Select(_ => new float[_global.Length])];
            _model.Train(_global, _game.Protocol, [.. chunk.Select((task, index) => task with
            {
                Seed = _game.RootSeed.For("train", task.Labels.Client, round),
                Local = locals[index],
            })]);
            _locals.Add(locals);
        });
    }
}
