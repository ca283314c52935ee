using System.CommandLine;

namespace FLCrowd.Bench;

/// <summary><c>kernel</c>: client updates per second of the model alone, without actors, aggregation or evaluation.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Threads." };
        var chunk = new Option<int>("--chunk") { DefaultValueFactory = _ => 16, Description = "Clients per call of the model." };
        var repetitions = new Option<int>("--repetitions")
        {
            DefaultValueFactory = _ => 9,
            Description = "The median of these is printed.",
        };
        var command = new Command("kernel", "Client updates per second of a model alone.") { threads, chunk, repetitions };
        var options = new GameOptions(command);
        command.SetAction(async parsed =>
        {
            var game = options.Read(parsed);
            using var model = GameOptions.CreateModel(game);
            var loop = new KernelLoop(game, model, parsed.GetRequiredValue(threads), parsed.GetRequiredValue(chunk));
            await Measurements.WarmUpAsync(() => Task.FromResult<double[]>([loop.Measure().Cpu]));
            var results = Enumerable.Range(0, parsed.GetRequiredValue(repetitions)).Select(_ => loop.Measure()).ToList();
            var rates = results.Select(result => result.PerSecond).Order().ToList();
            double cpu = results.Select(result => result.Cpu).Order().ElementAt(results.Count / 2);
            Console.WriteLine(
                $"{rates[rates.Count / 2]:n0} client updates per second " +
                $"(median of {rates.Count}; {rates[0]:n0} to {rates[^1]:n0}), CPU {cpu:f1} us each");
        });
        return command;
    }
}
