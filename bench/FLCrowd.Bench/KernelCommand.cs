using System.CommandLine;
using System.Diagnostics;

namespace FLCrowd.Bench;

/// <summary><c>kernel</c>: client updates per second of the model alone, without actors, aggregation or evaluation.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var world = new BenchWorld();
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Threads." };
        var chunk = new Option<int>("--chunk") { DefaultValueFactory = _ => 16, Description = "Clients per call of the model." };
        var repetitions = new Option<int>("--repetitions") { DefaultValueFactory = _ => 7, Description = "The median of these is printed." };
        var command = new Command("kernel", "Client updates per second of a model alone.") { threads, chunk, repetitions };
        world.AddTo(command);
        command.SetAction(parsed =>
        {
            using var model = world.CreateModel(parsed);
            var protocol = world.Protocol(parsed);
            var root = world.RootSeed(parsed);
            int clients = parsed.GetRequiredValue(world.Clients);
            var global = new float[model.ParameterCount];
            model.Initialise(global);
            var tasks = Enumerable.Range(0, clients).Select(client => new LocalTask(
                model.Label(new LabelingTask(client, 1, null, root.For("labeling", client))),
                parsed.GetRequiredValue(world.BatchSize), root, new float[model.ParameterCount])).ToArray();
            var chunks = tasks.Chunk(parsed.GetRequiredValue(chunk)).ToArray();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = parsed.GetRequiredValue(threads) };

            void Round(int round) => Parallel.ForEach(chunks, parallel, part => model.Train(
                global, protocol, [.. part.Select(task => task with { Seed = root.For("train", task.Labels.Client, round) })]));

            Round(0); // partitions, buffers and compiled code
            var rates = new List<double>();
            for (int repetition = 0; repetition < parsed.GetRequiredValue(repetitions); repetition++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int round = 1; round <= protocol.Rounds; round++)
                {
                    Round(round);
                }

                rates.Add((double)clients * protocol.Rounds / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            rates.Sort();
            Console.WriteLine($"{rates[rates.Count / 2]:n0} client updates per second (median of {rates.Count}; {rates[0]:n0} to {rates[^1]:n0})");
        });
        return command;
    }
}
