using System.Globalization;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Experiments.Figures;

namespace FLCrowd.Experiments.Population;

/// <summary>A population experiment as tables for programs.</summary>
internal static class PopulationFiles
{
    public const string Payoffs = "payoffs.csv";
    public const string SwitchTable = "switches.csv";
    public const string RestPointTable = "rest-points.csv";
    public const string ReplicatorTable = "replicator.csv";
    public const string MoranTable = "moran.csv";
    public const string AlphaRankTable = "alpharank.csv";

    /// <exception cref="Actors.Recording.DiskException">They cannot be written.</exception>
    public static void Write(PopulationReport report, string directory)
    {
        var design = report.Design;
        Write(Payoffs, ["profile", "strategy", "count", "payoff", "standard_error", "replicates", "training_loss", "test_loss", "accuracy", "total_reward", "server_payoff"], block =>
            from profile in block.Profiles
            from strategy in Enumerable.Range(0, profile.Counts.Length)
            where profile.Counts[strategy] > 0
            let payoff = profile.Payoff(strategy)
            select (object[])[
                Compositions.Text(profile.Counts), design.Strategies[strategy], profile.Counts[strategy], payoff.Mean, payoff.StandardError, payoff.Count,
                profile.Of(play => play.TrainingLoss).Mean, profile.Of(play => play.TestLoss).Mean, profile.Of(play => play.Accuracy).Mean,
                profile.Of(play => play.TotalReward).Mean, profile.Of(play => play.ServerPayoff).Mean]);
        Write(SwitchTable, ["profile", "from", "to", "gain", "standard_error", "low", "high", "replicates", "verdict"], block =>
            block.Analysis?.Switches.Select(change => (object[])[
                Compositions.Text(change.Profile), design.Strategies[change.From], design.Strategies[change.To], change.Gain, change.StandardError,
                change.Limits.Low, change.Limits.High, change.Replicates, change.Verdict.ToString().ToLowerInvariant()]));
        Write(RestPointTable, ["point", .. design.Strategies, "payoff", "stability", "basin"], block =>
            block.Analysis is not { } analysis ? null : analysis.RestPoints.Select((rest, index) => (object[])[
                index + 1, .. rest.Mixture.Cast<object>(), rest.Payoff, rest.Stability.ToString().ToLowerInvariant(), analysis.Basin(index)]));
        Write(ReplicatorTable, ["start", "time", .. design.Strategies, "end"], block =>
            block.Analysis?.Trajectories.SelectMany((trajectory, index) => trajectory.Way.Points.Select(point => (object[])[
                index + 1, point.Time, .. point.Mixture.Cast<object>(), trajectory.End is { } end ? end + 1 : ""])));
        Write(MoranTable, ["intensity", "mutant", "resident", "fixation", "neutral"], block =>
            block.Analysis?.Evolution.SelectMany(evolution =>
                from mutant in Enumerable.Range(0, design.Strategies.Count)
                from resident in Enumerable.Range(0, design.Strategies.Count)
                where mutant != resident
                select (object[])[
                    evolution.Intensity, design.Strategies[mutant], design.Strategies[resident], evolution.Fixation[mutant][resident], 1.0 / design.PopulationSize]));
        Write(AlphaRankTable, ["intensity", "strategy", "mass"], block =>
            block.Analysis?.Evolution.SelectMany(evolution => evolution.Rank.Select((mass, strategy) => (object[])[evolution.Intensity, design.Strategies[strategy], mass])));
        for (int index = 0; index < report.Blocks.Count; index++)
        {
            if (report.Blocks[index].Analysis is { } analysis && HasGambitFile(design))
            {
                var title = GambitTitle(report.Blocks[index].Cell);
                Disk.WriteText(
                    Path.Combine(directory, GambitFileOf(report, index)), file => GambitFile.Write(file, title, design.Strategies, analysis.Game));
            }
        }

        void Write(string file, string[] columns, Func<PopulationBlock, IEnumerable<object[]>?> rows) => FigureFiles.WriteCsv(
            Path.Combine(directory, file),
            new FigureData([.. design.Swept, .. columns], [.. report.Blocks.SelectMany(block => (rows(block) ?? []).Select(row => (object[])[.. block.Cell, .. row]))]));
    }

    /// <summary>Whether the game is small enough for a file that names every player.</summary>
    public static bool HasGambitFile(PopulationDesign design) => GambitFile.Profiles(design.Clients, design.Strategies.Count) <= design.NfgProfiles;

    /// <summary>The title of a cell's game.</summary>
    public static string GambitTitle(IEnumerable<string> cell) => string.Join(", ", cell.Prepend("FLCrowd"));

    /// <summary>game.nfg, or game-1.nfg and so on where there are several cells.</summary>
    public static string GambitFileOf(PopulationReport report, int block) =>
        report.Blocks.Count == 1 ? "game.nfg" : string.Create(CultureInfo.InvariantCulture, $"game-{block + 1}.nfg");
}
