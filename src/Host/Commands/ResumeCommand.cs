using System.CommandLine;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;

namespace FLCrowd.Host.Commands;

/// <summary>
/// <c>flcrowd resume DIR</c>: goes on with a run that was interrupted or killed. Its tables become those of a run that was not.
/// </summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var directory = Argued.Text("DIR", "The folder of a run that did not come to its end.");
        var threads = Argued.Count("--threads", "K", "Training threads; by default as many as the run had. Does not change results.");
        var workers = Argued.Count("--workers", "N", "As for run.");
        var cluster = Argued.Text("--cluster", "FILE", "As for run.");
        var fromLastGood = new Option<bool>(JournalCheck.Option)
        {
            Description = "Where the journal is damaged or gone: goes on from what is left of it, and plays all else again. "
                + "The tables are the same.",
        };
        var (parquet, tensorBoard) = (Argued.Parquet(), Argued.TensorBoard());
        var watch = Argued.Watch();
        var json = new Option<bool>("--json") { Description = "Prints one JSON object on standard output, and nothing else there." };
        var command = new Command("resume", "Goes on with a run that was interrupted, or whose process was killed.")
        {
            directory, threads, workers, cluster, fromLastGood, parquet, tensorBoard, watch, json,
        };
        command.SetAction((parsed, _) =>
        {
            var request = new RunRequest("")
            {
                Threads = parsed.GetValue(threads),
                Workers = parsed.GetValue(workers),
                Cluster = parsed.GetValue(cluster),
                FromLastGood = parsed.GetValue(fromLastGood),
                Parquet = parsed.GetValue(parquet),
                TensorBoard = parsed.GetValue(tensorBoard),
                Json = parsed.GetValue(json),
            };
            return Watched.RunAsync(
                Argued.LookOf(parsed.GetValue(watch)),
                request.Json,
                (observer, cancel) => new Laboratory().ResumeAsync(parsed.GetRequiredValue(directory), request, observer, cancel));
        });
        return command;
    }
}
