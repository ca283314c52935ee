using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace FLCrowd.Bench;

/// <summary><c>kernels</c>: the kernels of each model under BenchmarkDotNet, whose arguments follow.</summary>
internal static class KernelsCommand
{
    public static Command Create()
    {
        var command = new Command(
            "kernels",
            "Training, tests and gradients of each model, on one thread. BenchmarkDotNet's arguments may follow: --filter '*Loss*'.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed =>
        {
            // In this process: of another one, which would be generated and built, nothing is gained but minutes.
            var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMaxIterationCount(20);
            var config = DefaultConfig.Instance.AddJob(job);
            string[] arguments = parsed.UnmatchedTokens is { Count: > 0 } given ? [.. given] : ["--filter", "*"];
            BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks)]).Run(arguments, config);
        });
        return command;
    }
}
