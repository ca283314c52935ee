using System.CommandLine;
using FLCrowd.Model;
using FLCrowd.Strategies;

namespace FLCrowd.Bench;

/// <summary>
/// <c>crowd</c>: what a client costs besides its training, by the number of clients: whole recorded games, from the making of actors to
/// the last row of the tables, and the bare kernel.
/// </summary>
internal static class CrowdCommand
{
    public static Command Create()
    {
        var clients = new Option<int[]>("--clients")
        {
            DefaultValueFactory = _ => [100, 1000, 10_000, 100_000],
            AllowMultipleArgumentsPerToken = true,
            Description = "Numbers of clients N.",
        };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 2, Description = "Rounds T." };
        var batchSize = new Option<int>("--batch-size") { DefaultValueFactory = _ => 10, Description = "Batch size D." };
        var samples = new Option<int>("--samples") { DefaultValueFactory = _ => 100, Description = "Samples of a client." };
        var threads = new Option<int>("--threads")
        {
            DefaultValueFactory = _ => Environment.ProcessorCount,
            Description = "Training threads.",
        };
        var cohort = new Option<int>("--cohort") { DefaultValueFactory = _ => 64, Description = "Clients per cohort." };
        var repetitions = new Option<int>("--repetitions")
        {
            DefaultValueFactory = _ => 5,
            Description = "The medians of these are printed.",
        };
        var command = new Command("crowd", "Microseconds of processor time per client and per client update of whole recorded games.")
        {
            clients, rounds, batchSize, samples, threads, cohort, repetitions,
        };
        command.SetAction(async parsed =>
        {
            var catalog = PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin());
            var data = catalog.CreateDataSet(new PluginChoice("mnist"));
            int threadCount = parsed.GetRequiredValue(threads), turns = parsed.GetRequiredValue(repetitions);
            await using var actors = await ActorGame.StartAsync(catalog, threadCount);
            Console.WriteLine("clients  rounds   CPU us/update: game, kernel   CPU us/client besides the kernel   updates/s");
            foreach (int count in parsed.GetRequiredValue(clients))
            {
                var game = new BenchGame(
                    new PluginChoice("softmax"), count, parsed.GetRequiredValue(batchSize), 0.05, parsed.GetRequiredValue(rounds), 1)
                {
                    SamplesPerClient = parsed.GetRequiredValue(samples),
                };

                // A game is over sooner than a compiler is done with it.
                int games = Math.Max(1, 20_000 / (count * game.Rounds));
                using var learning = game.CreateModel(catalog, data);
                var loop = new KernelLoop(game, learning, threadCount, 8);
                await Measurements.WarmUpAsync(async () => [await PlayAsync(), Kernel().Cpu]);
                var (whole, kernel, rates) = (new List<double>(), new List<double>(), new List<double>());
                for (int turn = 0; turn < turns; turn++)
                {
                    kernel.Add(Kernel().Cpu);
                    var meter = Meter.Start();
                    await PlayAsync();
                    var measured = meter.Stop((long)games * count * game.Rounds);
                    whole.Add(measured.Cpu);
                    rates.Add(measured.PerSecond);
                }

                double update = Measurements.Median(whole), bare = Measurements.Median(kernel);
                Console.WriteLine(
                    $"{count,7} {game.Rounds,7}   {update,19:f1}, {bare,6:f1}   {(update - bare) * game.Rounds,32:f1} " +
                    $"{Measurements.Median(rates),11:n0}");

                Throughput Kernel()
                {
                    var meter = Meter.Start();
                    for (int time = 0; time < games; time++)
                    {
                        loop.Measure();
                    }

                    return meter.Stop((long)games * count * game.Rounds);
                }

                async Task<double> PlayAsync()
                {
                    var meter = Meter.Start();
                    var folder = Directory.CreateTempSubdirectory("flcrowd-bench");
                    try
                    {
                        await actors.RecordAsync(game, games, parsed.GetRequiredValue(cohort), folder.FullName);
                    }
                    finally
                    {
                        folder.Delete(recursive: true);
                    }

                    return meter.Stop((long)games * count * game.Rounds).Cpu;
                }
            }
        });
        return command;
    }
}
