using System.Text.Json;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Folders;
using FLCrowd.Experiments.Runs;
using FLCrowd.Experiments.Tables;
using FLCrowd.Host.Shell;
using FLCrowd.Host.Terminal;

namespace FLCrowd.Host.Commands;

/// <summary><c>flcrowd run EXPERIMENT --dry-run</c>: says what a run would take; plays no game of it, and writes nothing.</summary>
internal static class DryRun
{
    /// <param name="request">What the user asked for.</param>
    public static async Task<int> RunAsync(RunRequest request)
    {
        using var interruption = new Interruption();
        var forecasts = new List<RunForecast>();
        await foreach (var forecast in new Laboratory().RehearseAsync(request, interruption.Token))
        {
            forecasts.Add(forecast);
            if (!request.Json)
            {
                Say(forecast);
            }
        }

        if (request.Json)
        {
            StandardStreams.DeliverLine(JsonSerializer.Serialize(
                forecasts.Count == 1 ? forecasts[0] : RunForecast.Sum(ExperimentSources.Find(request.Experiment).Name, forecasts),
                RunRecord.Json));
        }
        else if (forecasts.Count > 1)
        {
            Say(RunForecast.Sum(ExperimentSources.Find(request.Experiment).Name, forecasts));
        }

        return ExitCode.Done;
    }

    private static void Say(RunForecast forecast)
    {
        var least = forecast.IsLeast ? "at least " : "";
        StandardStreams.DeliverLine(
            $"{forecast.Experiment}: {least}{Numbers.Plural(forecast.Games, "game")}, {Numbers.Plural(forecast.Episodes, "episode")}, "
            + $"{Numbers.Plural(forecast.ClientUpdates, "client update")}"
            + (forecast.Before is { } before ? $"; before them {before}" : ""));
        StandardStreams.DeliverLine(forecast.Seconds is { } seconds
            ? $"  time: {least}about {Numbers.Duration(seconds)} on {Numbers.Plural(forecast.Threads, "thread")} of this machine "
                + $"({forecast.Basis})"
            : $"  time: not known ({forecast.Basis})");
        StandardStreams.DeliverLine(
            $"  memory: about {Size(forecast.MemoryBytes)} of {Size(forecast.MemoryAvailable)}: "
            + $"{string.Join(", ", forecast.Memory.Select(part => $"{part.Key} {Size(part.Value)}"))}");
    }

    private static string Size(double bytes) => bytes switch
    {
        >= 1e9 => FormattableString.Invariant($"{bytes / 1e9:0.0} GB"),
        >= 1e6 => FormattableString.Invariant($"{bytes / 1e6:0} MB"),
        _ => FormattableString.Invariant($"{bytes / 1e3:0} kB"),
    };
}
