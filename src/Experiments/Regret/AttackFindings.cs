using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;
using Found = FLCrowd.Experiments.Results.TableColumn<(
    FLCrowd.Analysis.Regret.RegretResult Block, FLCrowd.Analysis.Regret.AttackGain Attack)>;

namespace FLCrowd.Experiments.Regret;

/// <summary>What searches for best responses found.</summary>
internal static class AttackFindings
{
    /// <returns>Nothing where none was made.</returns>
    public static IEnumerable<Finding> Items(RegretReport report)
    {
        if (report.Design.Search is not { } search)
        {
            yield break;
        }

        yield return FindingTable.Of(
            "The best response that a search found",
            report.Blocks.SelectMany(block => block.Attacks.Select(attack => (Block: block, Attack: attack))),
            [
                .. RegretFindings.Names<(RegretResult Block, AttackGain Attack)>(report, row => row.Block),
                Found.Name("client", row => Numbers.Count(row.Attack.Deviation.Client)),
                Found.Name("e, D/D', gamma, report", row => row.Attack.Deviation.Action),
                Found.Of(
                    "searched gain", row => MeanCell.Of(row.Attack.Searched, "searched replicates"), NumberFormat.Money,
                    "its mean in the plays by which it was chosen: biased upwards", "money"),
                Found.Of(
                    "fresh gain", row => MeanCell.Of(row.Attack.Fresh, "fresh replicates"), NumberFormat.Money,
                    "its mean in fresh replicates", "money"),
                Found.Number("at least", row => row.Attack.Limits.Low, NumberFormat.Money, "", "money"),
                Found.Number("at most", row => row.Attack.Limits.High, NumberFormat.Money, "", "money"),
                Found.Verdict("counts", row => RegretFindings.Word(row.Attack.Verdict), "whether it is above the threshold"),
            ]);
        yield return new FindingNote(string.Create(
            CultureInfo.InvariantCulture,
            $"For each client and profile {search.Tried} deviations were tried ({search.Generations} generations of {search.Population}, "
            + $"cross-entropy method), each in {search.Draws} paired plays: a scale of the update for each of {search.Pieces} parts of the "
            + $"rounds, a multiple of the crowd's last step, an inflation of the last report, effort and batch size together "
            + $"(report mix STEP SHARE A B ...). The best {AttackDesign.Finalists} were played on in all {report.Design.Replicates} "
            + $"replicates, and the best of those in {search.Replicates} fresh ones, which had no part in the choice. Intervals "
            + $"({report.Design.Confidence:0.####}) are from these, for all clients of a profile at once. What was found is a lower bound "
            + $"for what a client could gain: a longer search may find more."));
    }
}
