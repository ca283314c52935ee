using System.CommandLine;
using System.Diagnostics;

namespace FLCrowd.Bench;

/// <summary><c>learn</c>: one episode without actors or game: how well a model learns from truthful and shirking clients.</summary>
internal static class LearnCommand
{
    public static Command Create()
    {
        var shirkers = new Option<int>("--shirkers")
        {
            DefaultValueFactory = _ => 0,
            Description = "How many clients label at random (e = 0).",
        };
        var every = new Option<int>("--every") { DefaultValueFactory = _ => 20, Description = "Rounds between tests." };
        var command = new Command("learn", "Trains one model in a plain loop and tests it as it goes.") { shirkers, every };
        var options = new GameOptions(command);
        command.SetAction(parsed => Learn(options.Read(parsed), parsed.GetRequiredValue(shirkers), parsed.GetRequiredValue(every)));
        return command;
    }

    private static void Learn(BenchGame game, int shirkers, int every)
    {
        using var model = GameOptions.CreateModel(game);
        var labels = Enumerable.Range(0, game.Clients).Select(client => model.Label(
            new LabelingTask
            {
                Client = client,
                Effort = client < shirkers ? 0 : 1,
                Seed = game.RootSeed.For("labels", client),
            })).ToArray();
        var global = new float[model.ParameterCount];
        model.Initialise(global);
        var sum = new WeightedSum(global.Length);
        for (int round = 1; round <= game.Rounds; round++)
        {
            var tasks = labels.Select(given => new LocalTask
            {
                Labels = given,
                BatchSize = game.BatchSize,
                Seed = game.RootSeed.For("train", given.Client, round),
                Local = new float[global.Length],
            }).ToArray();
            model.Train(global, game.Protocol, tasks);
            sum.Clear();
            foreach (var task in tasks)
            {
                sum.Add(task.Local.Span, 1.0 / game.Clients);
            }

            sum.WriteMean(global);
            if (round % every == 0 || round == game.Rounds)
            {
                long start = Stopwatch.GetTimestamp();
                var test = model.Evaluate(global);
                Console.WriteLine(
                    $"round {round,4}  training loss {test.TrainingLoss:f4}  test loss {test.TestLoss:f4}  accuracy {test.Accuracy:f4}  " +
                    $"(tested in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f1} ms)");
            }
        }
    }
}
