using System.CommandLine;
using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using FLCrowd.Actors;
using FLCrowd.Actors.Experiments;
using FLCrowd.Model;
using FLCrowd.Strategies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FLCrowd.Bench;

/// <summary><c>actors</c>: client updates per second of the whole game: the same kernel behind server, cohort and client actors.</summary>
internal static class ActorsCommand
{
    public static Command Create()
    {
        var world = new BenchWorld();
        var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Training threads." };
        var chunk = new Option<int>("--chunk") { DefaultValueFactory = _ => 8, Description = "Clients per call of the model." };
        var cohort = new Option<int>("--cohort") { DefaultValueFactory = _ => 64, Description = "Clients per cohort." };
        var command = new Command("actors", "Client updates per second of the whole game.") { threads, chunk, cohort };
        world.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var catalog = PluginCatalog.Of(new ModelPlugin(), new StrategiesPlugin());
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddAkka("flcrowd", akka => akka.WithFLCrowd(catalog, parsed.GetRequiredValue(threads)));
            using var host = builder.Build();
            await host.StartAsync(cancel);
            var plan = new ExperimentPlan("bench", [], [new GameDefinition(
                0, (ulong)parsed.GetRequiredValue(world.Seed), 1, 0,
                new LearningDefinition(
                    new PluginChoice("mnist"), new PartitionSettings(PartitionKind.LastDigit, 1000, .4, 1),
                    new PluginChoice(parsed.GetRequiredValue(world.Model), parsed.GetRequiredValue(world.Options), "--options"), new PluginChoice("mean"), world.Protocol(parsed)),
                new IncentiveDefinition(new PluginChoice("flat"), 1),
                new CrowdDefinition(parsed.GetRequiredValue(world.Clients), [new ClientGroup(new PluginChoice("truthful"), [new ClientRange(0, parsed.GetRequiredValue(world.Clients))], null, null, 1)], [20], [1e-3], [parsed.GetRequiredValue(world.BatchSize)]),
                new ExecutionDefinition(parsed.GetRequiredValue(cohort), parsed.GetRequiredValue(chunk), 0, FailurePolicy.Fail, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)), [])]);
            long start = 0, last = 0; long first = 0, updates = 0;
            var result = await ExperimentRunner.RunAsync(host.Services.GetRequiredService<ActorSystem>(), plan, null, 1, progress =>
            {
                last = Stopwatch.GetTimestamp();
                updates = progress.ClientUpdates;
                if (progress.RoundsDone == 5) { start = last; first = updates; }
            }, cancel);
            Console.WriteLine($"{result.Status} {result.Failure}: {(updates - first) / Stopwatch.GetElapsedTime(start, last).TotalSeconds:n0} client updates per second; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
            await host.StopAsync(cancel);
        });
        return command;
    }
}
