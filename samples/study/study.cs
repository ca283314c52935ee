#:project ../../src/Experiments/FLCrowd.Experiments.csproj
#:property PublishAot=false

// What does a dearer label do to a crowd? Clients answer each other in turn, by exact payoffs, until nobody wants to change: once for every
// labeling cost. Run it with: dotnet run study.cs
using System.Globalization;
using FLCrowd.Experiments;
using FLCrowd.Experiments.Folders;

var laboratory = new Laboratory();
var results = Path.Combine(args.Length > 0 ? args[0] : "runs", "study");
Console.WriteLine("labeling cost  clients that label  test loss");
foreach (int cost in (int[])[1, 10, 100])
{
    var outcome = await laboratory.RunAsync(new RunRequest("best-response")
    {
        Out = Path.Combine(results, $"cost-{cost}"),
        Overwrite = true,
        Overrides =
        [
            FormattableString.Invariant($"game.labeling-cost={cost}"), "learning.rounds=20", "data.clients=6",
            "experiment.regret.replicates=4", "experiment.regret.max-replicates=4",
        ],
    });
    if (outcome.Record.Status != RunStatus.Completed)
    {
        Console.Error.WriteLine(outcome.Record.Failure);
        return 1;
    }

    // What the program would print, as data; clients.csv, in the run's folder, has who did what.
    var reached = outcome.Findings!.Details.Single(detail => detail.Name == "dynamics").Value![0]!;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{cost,13}  {(double)reached["effort"]!,18:0%}  {(double)reached["test_loss"]!["mean"]!,9:0.0000}"));
}

return 0;
