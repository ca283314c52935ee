using System.CommandLine;

namespace FLCrowd.Bench;

/// <summary><c>evaluate</c>: how long a test of a model takes: training and test loss, test loss alone, and its gradient.</summary>
internal static class EvaluateCommand
{
    private const int Repetitions = 7;

    public static Command Create()
    {
        var command = new Command("evaluate", "Milliseconds of processor time of one test of a trained model, medians of seven.");
        var options = new GameOptions(command);
        command.SetAction(parsed =>
        {
            var game = options.Read(parsed);
            using var model = GameOptions.CreateModel(game);
            var global = new float[model.ParameterCount];
            model.Initialise(global);
            var task = new LocalTask
            {
                Labels = new ClientLabels(0, 1, null),
                BatchSize = game.BatchSize,
                Seed = game.RootSeed,
                Local = new float[global.Length],
            };
            model.Train(global, game.Protocol with { LocalSteps = 20 }, [task]);
            var trained = task.Local.ToArray();
            Console.WriteLine(
                $"loss and accuracy {Median(() => model.Evaluate(trained)):f2} ms, " +
                $"test loss {Median(() => model.TestLoss(trained)):f2} ms, " +
                $"its gradient {Median(() => ((IGradientModel)model).TestGradient(trained, new float[trained.Length])):f2} ms");
        });
        return command;
    }

    private static double Median(Action action)
    {
        const int Times = 10;
        action();
        return Enumerable.Range(0, Repetitions).Select(_ =>
        {
            var meter = Meter.Start();
            for (int time = 0; time < Times; time++)
            {
                action();
            }

            return meter.Stop(Times).Cpu / 1000;
        }).Order().ElementAt(Repetitions / 2);
    }
}
