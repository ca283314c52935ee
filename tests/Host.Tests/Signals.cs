using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FLCrowd.Host.Tests;

/// <summary>Signals as Unix has them, and moments of a process at which to send one.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public static readonly int Continue = OperatingSystem.IsMacOS() ? 19 : 18;
    public static readonly int Stop = OperatingSystem.IsMacOS() ? 17 : 19;

    /// <summary>Sends a signal to a process, which goes on if it was stopped.</summary>
    public static void Send(this Process process, int signal)
    {
        process.Raise(signal);
        process.Raise(Continue);
    }

    /// <summary>
    /// Lets a process run in slices of a few milliseconds, and looks in between, while nothing moves, whether a moment has come. There it
    /// stays stopped: however fast it is, and however busy whoever looks, it got less than a slice further.
    /// </summary>
    /// <returns>False: it ended first.</returns>
    public static Task<bool> StopAtAsync(this Process process, TimeSpan patience, Func<bool> moment) => Task.Factory.StartNew(
        () =>
        {
            // On a thread of its own: where many tests run, a timer may be late.
            long start = Stopwatch.GetTimestamp();
            try
            {
                while (!process.WaitForExit(5))
                {
                    process.Raise(Stop);
                    if (moment())
                    {
                        return true;
                    }

                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                    Assert.True(Stopwatch.GetElapsedTime(start) < patience, $"the moment did not come within {patience.TotalSeconds} s");
                    process.Raise(Continue);
                }
            }
            catch
            {
                process.Kill();
                throw;
            }

            return false;
        },
        TestContext.Current.CancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Whether a signal has not reached the process yet; another one would be lost.</summary>
    public static bool HasPending(this Process process, int signal) => File.ReadLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith("SigPnd:", StringComparison.Ordinal) || line.StartsWith("ShdPnd:", StringComparison.Ordinal))
        .Any(line => (Convert.ToUInt64(line.Split('\t')[1], 16) >> (signal - 1) & 1) == 1);

    /// <summary>Sends a signal, and nothing else.</summary>
    public static void Raise(this Process process, int signal) =>
        Assert.True(kill(process.Id, signal) == 0 || process.HasExited, $"signal {signal} cannot be sent");

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
