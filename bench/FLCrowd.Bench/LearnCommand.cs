using System.CommandLine;
using System.Diagnostics;

namespace FLCrowd.Bench;

/// <summary><c>learn</c>: one episode without actors or game: how well a model learns from truthful and shirking clients.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var world = new BenchWorld();
        var shirkers = new Option<int>("--shirkers") { DefaultValueFactory = _ => 0, Description = "How many clients label at random (e = 0)." };
        var every = new Option<int>("--every") { DefaultValueFactory = _ => 20, Description = "Rounds between tests." };
        var command = new Command("learn", "Trains one model in a plain loop and tests it as it goes.") { shirkers, every };
        world.AddTo(command);
        command.SetAction(parsed =>
        {
            using var model = world.CreateModel(parsed);
            var protocol = world.Protocol(parsed);
            var root = world.RootSeed(parsed);
            int clients = parsed.GetRequiredValue(world.Clients);
            var labels = Enumerable.Range(0, clients).Select(client => model.Label(new LabelingTask(
                client, client < parsed.GetRequiredValue(shirkers) ? 0 : 1, null, root.For("labeling", client)))).ToArray();
            var global = new float[model.ParameterCount];
            model.Initialise(global);
            var sum = new WeightedSum(global.Length);
            for (int round = 1; round <= protocol.Rounds; round++)
            {
                var tasks = labels.Select(given => new LocalTask(
                    given, parsed.GetRequiredValue(world.BatchSize), root.For("train", given.Client, round), new float[global.Length])).ToArray();
                model.Train(global, protocol, tasks);
                sum.Clear();
                foreach (var task in tasks)
                {
                    sum.Add(task.Local.Span, 1.0 / clients);
                }

                sum.WriteMean(global);
                if (round % parsed.GetRequiredValue(every) == 0 || round == protocol.Rounds)
                {
                    long start = Stopwatch.GetTimestamp();
                    var result = model.Evaluate(global);
                    double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    Console.WriteLine(
                        $"round {round,4}  training loss {result.TrainingLoss:f4}  test loss {result.TestLoss:f4}  accuracy {result.Accuracy:f4}  (tested in {took:f1} ms)");
                }
            }
        });
        return command;
    }
}
