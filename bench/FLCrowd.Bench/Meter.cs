using System.Diagnostics;

namespace FLCrowd.Bench;

/// <summary>What was measured. Processor time is the steadier of the two on a machine with other work.</summary>
/// <param name="PerSecond">Client updates per second of wall-clock time.</param>
/// <param name="Cpu">Microseconds of processor time, of the whole process, per client update.</param>
internal readonly record struct Throughput(double PerSecond, double Cpu);

/// <summary>Measures wall-clock and processor time from its start.</summary>
internal readonly record struct Meter(long Wall, TimeSpan Cpu)
{
    public static Meter Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    public Throughput Stop(long updates) => new(
        updates / Stopwatch.GetElapsedTime(Wall).TotalSeconds, (Environment.CpuUsage.TotalTime - Cpu).TotalMicroseconds / updates);
}
