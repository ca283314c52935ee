using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Games;
using FLCrowd.Experiments.Kinds;
using FLCrowd.Experiments.Nodes;
using FLCrowd.Experiments.Population;
using FLCrowd.Experiments.Preparation;
using FLCrowd.Experiments.Regret;

namespace FLCrowd.Host.Tests;

/// <summary>
/// Whatever is set ends in tables of numbers or in one message: a setting that is refused before anything is played, or the run's own
/// failure. More cases than in CI: FLCROWD_EXTREME_CASES=20000.
/// </summary>
public sealed class ExtremeSettingsSpec : IAsyncLifetime
{
    private LocalNode _node = null!;

    private int _completed;

    public async ValueTask InitializeAsync() => _node = await LocalNode.StartAsync(Configured.Catalog, threads: 2);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        Assert.True(
            _completed >= ExtremeSettingsPropertyAttribute.Cases / 10,
            $"only {_completed} cases were played to their end: the others say little");
    }

    [ExtremeSettingsProperty]
    public async Task Random_extreme_settings_end_in_numbers_or_in_one_message(string[] settings)
    {
        PreparedRun run;
        ExperimentPlan plan;
        try
        {
            run = Configured.Run(settings);
            plan = await new SurrogatePreparation(
                Configured.Catalog, _node.System, ConstantsCache.Open("off"), 2, _ => { }, CancellationToken.None)
                .PrepareAsync(run.Plan);
        }
        catch (SettingException e)
        {
            Assert.DoesNotContain("Exception", e.Message, StringComparison.Ordinal);
            return;
        }

        using var folder = new TemporaryFolder();
        var games = Games(run, plan);
        ExperimentResult result;
        using (var tables = new CsvSink(folder.Path, games))
        {
            result = await ExperimentRunner.RunAsync(_node.System, games, tables, parallelGames: 2, null, CancellationToken.None);
        }

        if (result.Status == ExperimentStatus.Completed)
        {
            Analyse(run, folder.Path);
            RequireNumbers(folder.Path);
            Interlocked.Increment(ref _completed);
            return;
        }

        Assert.Equal(ExperimentStatus.Failed, result.Status);
        Assert.Matches(
            "client [0-9]+, (round|before round) |the model diverged|the (mechanism|aggregator) '|the loss that pay |no client is left",
            result.Failure);
    }

    /// <summary>Of a regret experiment, the games of its only stage.</summary>
    private static ExperimentPlan Games(PreparedRun run, ExperimentPlan plan) => run.Regret is not { } design ? plan : RegretPlan.Numbered(
        plan.Name,
        plan.SweptPaths,
        design.Blocks.SelectMany((block, index) => RegretPlan
            .Games(plan.Games[index], block, new RegretQuestions(design.Deviations(block), block.Coalitions), 0, design.Replicates)
            .Select(play => play.Game)),
        first: 0);

    private static void Analyse(PreparedRun run, string folder)
    {
        if (run.Regret is { } design)
        {
            var report = RegretReport.Read(folder, design, run.Plan.SweptPaths);
            GainTable.Write(report, folder);
            CoalitionTable.Write(report, folder);
        }

        if (run.Population is { } population)
        {
            PopulationFiles.Write(PopulationReport.Read(folder, population), folder);
        }
    }

    private static void RequireNumbers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv"))
        {
            string[][] rows = [.. File.ReadLines(file).Select(line => line.Split(','))];
            foreach (var row in rows.Skip(1))
            {
                // The quadratic model does not classify; between the rounds, a model may diverge and come back.
                var odd = row.Zip(rows[0]).FirstOrDefault(cell => cell.Second != "accuracy"
                    && !(cell.First == "Infinity" && file.EndsWith("rounds.csv", StringComparison.Ordinal))
                    && double.TryParse(cell.First, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    && !double.IsFinite(value));
                Assert.True(odd.First is null, $"{Path.GetFileName(file)} has {odd.First} as {odd.Second} in {string.Join(',', row)}");
            }
        }
    }
}
