using System.Globalization;
using FLCrowd.Actors.Recording;
using FLCrowd.Analysis.Gambit;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Population;

/// <summary>A population experiment as tables for programs.</summary>
internal static class PopulationFiles
{
    /// <exception cref="Actors.Recording.DiskException">They cannot be written.</exception>
    public static void Write(PopulationReport report, string directory)
    {
        var design = report.Design;
        var run = PopulationSchemas.Columns(design.Swept, design.Strategies);
        var names = design.Strategies;
        CsvFile.Write(
            directory, PopulationSchemas.Payoffs, run,
            from block in report.Blocks
            from profile in block.Profiles
            from strategy in Enumerable.Range(0, profile.Counts.Length)
            where profile.Counts[strategy] > 0
            select new PayoffRow(block, profile, strategy, names[strategy]));
        var analysed = report.Blocks
            .Where(block => block.Analysis is not null)
            .Select(block => (Block: block, Analysis: block.Analysis!))
            .ToList();
        CsvFile.Write(directory, PopulationSchemas.Switches, run, analysed.SelectMany(entry => entry.Analysis.Switches.Select(
            change => new SwitchRow(entry.Block, change, names[change.From], names[change.To]))));
        CsvFile.Write(directory, PopulationSchemas.RestPoints, run, analysed.SelectMany(entry => entry.Analysis.RestPoints.Select(
            (rest, index) => new RestPointRow(entry.Block, rest, index + 1, entry.Analysis.Basin(index)))));
        CsvFile.Write(directory, PopulationSchemas.Replicator, run, analysed.SelectMany(entry => entry.Analysis.Trajectories.SelectMany(
            (trajectory, index) => trajectory.Way.Points.Select(
                point => new ReplicatorRow(entry.Block, index + 1, point.Time, point.Mixture, trajectory.End + 1)))));
        CsvFile.Write(
            directory, PopulationSchemas.Moran, run,
            from entry in analysed
            from evolution in entry.Analysis.Evolution
            from mutant in Enumerable.Range(0, names.Count)
            from resident in Enumerable.Range(0, names.Count)
            where mutant != resident
            select new MoranRow(
                entry.Block, evolution.Intensity, names[mutant], names[resident], evolution.Fixation[mutant][resident],
                1.0 / design.PopulationSize));
        CsvFile.Write(directory, PopulationSchemas.AlphaRank, run, analysed.SelectMany(entry => entry.Analysis.Evolution.SelectMany(
            evolution => evolution.Rank.Select((mass, strategy) => new RankRow(entry.Block, evolution.Intensity, names[strategy], mass)))));
        for (int index = 0; index < report.Blocks.Count; index++)
        {
            if (report.Blocks[index].Analysis is { } analysis && HasGambitFile(design))
            {
                var title = GambitTitle(report.Blocks[index].Cell);
                Disk.WriteText(
                    Path.Combine(directory, GambitFileOf(report, index)),
                    file => GambitFile.Write(file, title, design.Strategies, analysis.Game));
            }
        }
    }

    /// <summary>Whether the game is small enough for a file that names every player.</summary>
    public static bool HasGambitFile(PopulationDesign design) =>
        GambitFile.Profiles(design.Clients, design.Strategies.Count) <= design.NfgProfiles;

    /// <summary>The title of a cell's game.</summary>
    public static string GambitTitle(IEnumerable<string> cell) => string.Join(", ", cell.Prepend("FLCrowd"));

    /// <summary>game.nfg, or game-1.nfg and so on where there are several cells.</summary>
    public static string GambitFileOf(PopulationReport report, int block) =>
        report.Blocks.Count == 1 ? "game.nfg" : string.Create(CultureInfo.InvariantCulture, $"game-{block + 1}.nfg");
}
