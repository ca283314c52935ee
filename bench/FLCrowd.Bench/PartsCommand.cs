using System.CommandLine;
using FLCrowd.Model;
using FLCrowd.Model.Kernels;
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
        var density = new Option<double?>("--density")
        {
            Description = "Both layouts of samples, on data of this share of numbers that are not 0, instead of the passes.",
        };
        var command = new Command("parts", "Microseconds of each pass of an update of softmax, medians of seven.") { near, density };
        var options = new GameOptions(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(density) is { } share)
            {
                Compare(options.Read(parsed), share);
            }
            else
            {
                Measure(options.Read(parsed), parsed.GetRequiredValue(near));
            }
        });
        return command;
    }

    /// <summary>The two layers that read samples, on 20,000 samples of 784 bytes for ten classes.</summary>
    private static void Compare(BenchGame game, double density)
    {
        const int Count = 20_000, Width = 784, Classes = 10;
        var draws = game.RootSeed.For("density");
        var pixels = new byte[Count * Width];
        for (int k = 0; k < pixels.Length; k++)
        {
            pixels[k] = draws.Uniform(k) < density ? (byte)(1 + k % 255) : (byte)0;
        }

        var samples = SampleStore.Of(LabeledSamples.OfBytes(pixels, byte.MaxValue, new byte[Count]));
        var (rows, model) = (new int[game.BatchSize], new float[Classes * (Width + 1)]);
        var z = new float[game.BatchSize * Logits.Stride(Classes)];
        int next = 0;
        foreach (IInputLayer layer in (IInputLayer[])[new SparseLayer(Width, Classes), new DenseInputLayer(Width, Classes)])
        {
            layer.Load(model);
            double time = Median(() =>
            {
                BatchDraw.Draw(game.RootSeed.For("step", next++), Count, replacement: true, rows, []);
                layer.Restart();
                layer.Forward(new Batch(samples, rows), z);
                layer.Backward(new Batch(samples, rows), z, 0.99f, 1e-6f);
                layer.Save(model);
            });
            Console.WriteLine($"{layer.GetType().Name,-16} {time:f1} us");
        }
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
            ("save", () => worker.Save(model)),
        };
        Draw();
        long entries = rows.Sum(row =>
        {
            samples.Sparse.Columns(row, out int count);
            return (long)count;
        });
        Console.WriteLine($"{entries} entries in the last batch, {4L * entries * data.ClassCount} operations");
        double before = 0;
        for (int last = 0; last < parts.Length; last++)
        {
            // What a part takes after those before it: with what these left in the cache.
            double time = Median(() =>
            {
                for (int part = 0; part <= last; part++)
                {
                    parts[part].Run();
                }
            });
            Console.WriteLine($"{parts[last].Name,-9} {time - before:f1} us, {time:f1} in all");
            before = time;
        }

        void Draw()
        {
            worker.Restart();
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
