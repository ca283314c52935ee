using System.CommandLine;
using FLCrowd.Model;
using FLCrowd.Model.Models;
using FLCrowd.Model.Storage;
using FLCrowd.Model.Training;

namespace FLCrowd.Bench;

/// <summary><c>parts</c>: what an update of softmax spends its time on, pass by pass, on one thread.</summary>
internal static class PartsCommand
{
    private const int Repetitions = 7;
    private const int Times = 4000;

    public static Command Create()
    {
        var near = new Option<bool>("--near") { Description = "Samples that fit in the cache, instead of any of the data set's." };
        var command = new Command("parts", "Microseconds of each pass of an update of softmax, medians of seven.") { near };
        var options = new GameOptions(command);
        command.SetAction(parsed => Measure(options.Read(parsed), parsed.GetRequiredValue(near)));
        return command;
    }

    private static void Measure(BenchGame game, bool near)
    {
        var data = PluginCatalog.Of(new ModelPlugin()).CreateDataSet(new PluginChoice("mnist"));
        var network = Networks.Softmax(data, Kernel.Simd);
        using var worker = network.CreateWorker();
        var samples = SampleStore.Of(data.Training);
        var (logits, model) = (new float[game.BatchSize * Logits.Stride(data.ClassCount)], new float[network.ParameterCount]);
        var (rows, labels) = (new int[game.BatchSize], new byte[game.BatchSize]);
        int next = 0;
        worker.Load(model);
        var parts = new (string Name, Action Run)[]
        {
            ("draw", Draw),
            ("forward", () => worker.Forward(new Batch(samples, rows), logits)),
            ("softmax", () => CrossEntropy.ToSlopes(logits, labels, data.ClassCount)),
            ("backward", () => worker.Backward(new Batch(samples, rows), logits, 0.99f, 0.01f)),
            ("restart", worker.Restart),
            ("save", () => worker.Save(model)),
        };
        Draw();
        long entries = rows.Sum(row => { samples.Sparse.Columns(row, out int count); return count; });
        Console.WriteLine($"{entries} entries in the last batch, {4L * entries * data.ClassCount} operations");
        Console.WriteLine($"whole update {Median(() => Array.ForEach(parts, part => part.Run())):f2} us");
        foreach (var (name, run) in parts)
        {
            Console.WriteLine($"{name,-9} {Median(name == "draw" ? run : () => { Draw(); run(); }) - (name == "draw" ? 0 : Median(Draw)):f2} us");
        }

        void Draw()
        {
            int range = near ? 100 : data.Training.Count;
            BatchDraw.Draw(game.RootSeed.For("step", next++), range, replacement: true, rows, []);
            for (int j = 0; j < rows.Length; j++)
            {
                labels[j] = data.Training.Labels[rows[j]];
            }
        }
    }

    private static double Median(Action action)
    {
        return Enumerable.Range(0, Repetitions + 2).Select(_ =>
        {
            var meter = Meter.Start();
            for (int time = 0; time < Times; time++)
            {
                action();
            }

            return meter.Stop(Times).Cpu;
        }).Skip(2).Order().ElementAt(Repetitions / 2);
    }
}
