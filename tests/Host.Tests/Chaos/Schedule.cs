namespace FLCrowd.Host.Tests.Chaos;

/// <summary>Where a run is played.</summary>
internal enum Layout
{
    /// <summary>In its process.</summary>
    Alone,

    /// <summary>With two workers of its own.</summary>
    Workers,

    /// <summary>With two nodes that were there before.</summary>
    Nodes,
}

/// <summary>A run and what happens to it.</summary>
/// <param name="Number">Its number in the schedule, from 0.</param>
/// <param name="Kind">The kind of the experiment.</param>
/// <param name="Layout">Where it is played.</param>
/// <param name="Pause">How long its nodes may be silent.</param>
/// <param name="Faults">In the order in which they happen.</param>
internal sealed record DisturbedRun(int Number, string Kind, Layout Layout, TimeSpan Pause, IReadOnlyList<Fault> Faults)
{
    /// <summary>What its folder and its files are named by.</summary>
    public string Name => $"{Number}-{Kind}";

    public override string ToString() => $"run {Number}, {Kind}, {Layout} ({Pause.TotalSeconds} s): {string.Join("; ", Faults)}";
}

/// <summary>Which runs are disturbed, and how: a function of a seed.</summary>
internal static class Schedule
{
    private const int MostFaults = 4;

    /// <summary>Short, so that many faults last longer; where there is time, that of the program, too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(5);

    private static readonly FaultKind[] OfOneProcess = [FaultKind.KillRun, FaultKind.FullDisk, FaultKind.StopRun];

    private static readonly FaultKind[] OfWorkers = [.. OfOneProcess, FaultKind.KillWorker, FaultKind.KillWorker, FaultKind.StopWorker];

    private static readonly FaultKind[] OfNodes = [.. OfWorkers, FaultKind.Cut, FaultKind.Silence, FaultKind.Loss];

    /// <summary>Runs of all kinds and layouts in turn, until there are enough faults.</summary>
    /// <param name="seed">Of all draws; a run depends on it and on its number alone.</param>
    /// <param name="faults">How many faults there are together.</param>
    /// <param name="longest">How long a fault may last.</param>
    public static IReadOnlyList<DisturbedRun> Draw(Seed seed, int faults, TimeSpan longest)
    {
        var runs = new List<DisturbedRun>();
        for (int left = faults; left > 0; left -= runs[^1].Faults.Count)
        {
            var run = Run(seed, runs.Count, longest);
            runs.Add(run with { Faults = [.. run.Faults.Take(left)] });
        }

        return runs;
    }

    private static DisturbedRun Run(Seed seed, int number, TimeSpan longest)
    {
        // Each kind meets each layout within three times the number of kinds.
        int kinds = SmallExperiments.Kinds.Length, layouts = Enum.GetValues<Layout>().Length;
        var layout = (Layout)((number + (number / kinds)) % layouts);
        var own = seed.For("run", number);
        var faults = Enumerable.Range(0, 1 + own.Index(MostFaults, 0)).Select(index => Draw(own.For("fault", index), layout, longest));
        var pause = longest > DefaultPause && own.Index(2, 1) == 0 ? DefaultPause : Pause;
        return new DisturbedRun(number, SmallExperiments.Kinds[number % kinds], layout, pause, [.. faults.OrderBy(fault => fault.Share)]);
    }

    /// <summary>Every fifth as soon as there is a run, the others until little of it is left.</summary>
    private static Fault Draw(Seed seed, Layout layout, TimeSpan longest)
    {
        var kinds = layout switch
        {
            Layout.Alone => OfOneProcess,
            Layout.Workers => OfWorkers,
            _ => OfNodes,
        };
        return new Fault(
            kinds[seed.Index(kinds.Length, 0)],
            Math.Max(0, seed.Uniform(1) - 0.2),
            TimeSpan.FromMilliseconds(seed.Index(200, 2)),
            TimeSpan.FromSeconds(1 + ((longest.TotalSeconds - 1) * seed.Uniform(3))),
            seed.Index(1000, 4));
    }
}
