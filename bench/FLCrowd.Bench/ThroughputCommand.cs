using System.CommandLine;
using System.Diagnostics;
using FLCrowd.Model;
using FLCrowd.Strategies;

namespace FLCrowd.Bench;

/// <summary>
/// <c>throughput</c>: client updates per second of the whole game and of the bare kernel, measured in turns; their ratio is the
/// cost of the actors.
/// </summary>
internal static class ThroughputCommand
{
    public static Command Create()
    {
        var models = new Option<string[]>("--model")
        {
            DefaultValueFactory = _ => ["softmax", "cnn"],
            AllowMultipleArgumentsPerToken = true,
            Description = "Models.",
        };
        var options = new Option<string>("--options") { DefaultValueFactory = _ => "{}", Description = "Options of every model, as JSON." };
        var clients = new Option<int[]>("--clients")
        {
            DefaultValueFactory = _ => [10, 100, 1000],
            AllowMultipleArgumentsPerToken = true,
            Description = "Numbers of clients N.",
        };
        var batchSize = new Option<int>("--batch-size") { DefaultValueFactory = _ => 50, Description = "Batch size D." };
        var threads = new Option<int>("--threads")
        {
            DefaultValueFactory = _ => Environment.ProcessorCount,
            Description = "Training threads.",
        };
        var chunk = new Option<int>("--chunk") { DefaultValueFactory = _ => 8, Description = "Clients per call of the model." };
        var cohort = new Option<int>("--cohort") { DefaultValueFactory = _ => 64, Description = "Clients per cohort." };
        var pairs = new Option<int>("--pairs")
        {
            DefaultValueFactory = _ => 7,
            Description = "Measurements of each, in turns; the medians are printed.",
        };
        var seconds = new Option<double>("--seconds")
        {
            DefaultValueFactory = _ => 1,
            Description = "About how long one measurement takes.",
        };
        var command = new Command("throughput", "Client updates per second of the whole game beside the bare kernel.")
        {
            models, options, clients, batchSize, threads, chunk, cohort, pairs, seconds,
        };
        command.SetAction(async parsed =>
        {
            var catalog = PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin());
            var data = catalog.CreateDataSet(new PluginChoice("mnist"));
            int threadCount = parsed.GetRequiredValue(threads);
            await using var actors = await ActorGame.StartAsync(catalog, threadCount);
            var (cohortSize, chunkSize) = (parsed.GetRequiredValue(cohort), parsed.GetRequiredValue(chunk));
            Console.WriteLine(
                "model    clients  rounds   kernel/s   actors/s   actors/kernel (median of pairs; min to max)   " +
                "CPU us/update: kernel, actors");
            foreach (string model in parsed.GetRequiredValue(models))
            {
                foreach (int count in parsed.GetRequiredValue(clients))
                {
                    var choice = new PluginChoice(model, parsed.GetRequiredValue(options), "--options");
                    var game = new BenchGame(choice, count, parsed.GetRequiredValue(batchSize), StepSize: 0.05, Rounds: 3, Seed: 1);

                    // As the actors do it: a small game has a chunk for every thread.
                    int loopChunk = Math.Clamp((count + threadCount - 1) / threadCount, 1, chunkSize);
                    using var learning = game.CreateModel(catalog, data);
                    var probe = new KernelLoop(game, learning, threadCount, loopChunk);
                    game = game with { Rounds = Math.Max(3, (int)(probe.Measure().PerSecond * parsed.GetRequiredValue(seconds) / count)) };
                    var loop = new KernelLoop(game, learning, threadCount, loopChunk);
                    await Measurements.WarmUpAsync(async () =>
                        [loop.Measure().Cpu, (await actors.MeasureAsync(game, cohortSize, chunkSize)).Cpu]);
                    var results = new List<(Throughput Kernel, Throughput Actors)>();
                    for (int pair = 0; pair < parsed.GetRequiredValue(pairs); pair++)
                    {
                        results.Add((loop.Measure(), await actors.MeasureAsync(game, cohortSize, chunkSize)));
                    }

                    var ratios = results.ConvertAll(result => result.Actors.PerSecond / result.Kernel.PerSecond);
                    Console.WriteLine(
                        $"{model,-8} {count,7} {game.Rounds,7} " +
                        $"{Measurements.Median(results.ConvertAll(result => result.Kernel.PerSecond)),10:n0} " +
                        $"{Measurements.Median(results.ConvertAll(result => result.Actors.PerSecond)),10:n0}   " +
                        $"{Measurements.Median(ratios):f2} ({ratios.Min():f2} to {ratios.Max():f2})   " +
                        $"{Measurements.Median(results.ConvertAll(result => result.Kernel.Cpu)):f1}, " +
                        $"{Measurements.Median(results.ConvertAll(result => result.Actors.Cpu)):f1}");
                }
            }

            Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        });
        return command;
    }
}
