using System.Globalization;
using FLCrowd.Analysis.Regret;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;

namespace FLCrowd.Experiments.Regret;

/// <summary>A forest plot per profile: under each client its best deviations, with their intervals, and the gain that counts.</summary>
internal static class RegretPlots
{
    private const int Deviations = 12;

    /// <summary>A long way below 0 is left out: how bad a bad deviation is, is not the question.</summary>
    private const double LeftShare = 1.5;

    /// <summary>One plot per profile: regret, or regret-1 and so on where there are several.</summary>
    public static IEnumerable<FindingPlot> All(RegretReport report) => report.Blocks
        .Select((block, index) => (Block: block, Index: index))
        .Where(entry => entry.Block.Clients.Count > 0)
        .Select(entry => new FindingPlot(
            report.Blocks.Count == 1 ? "regret" : string.Create(CultureInfo.InvariantCulture, $"regret-{entry.Index + 1}"),
            $"{(entry.Block.Block.Name.Length == 0 ? "" : $"{entry.Block.Block.Name}: ")}The best deviations of each client by mean gain, "
                + $"with intervals that hold for all deviations at once; < at the left: it goes on there.",
            Panel(entry.Block)));

    private static PlotPanel Panel(RegretResult result)
    {
        var shown = result.Clients.ToDictionary(client => client, client => Shown(result, client));
        double right = shown.Values.SelectMany(gains => gains).Max(gain => Math.Max(gain.Limits.High, gain.Threshold));
        double left = -Math.Max(LeftShare * right, 2 * result.Clients.Max(client => client.Best.Threshold));
        left = Math.Max(left, Math.Min(0, shown.Values.SelectMany(gains => gains).Min(gain => gain.Limits.Low)));
        if (right <= left)
        {
            (left, right) = (left - 1, right + 1);
        }

        return new PlotPanel(
            result.Block.Name.Length == 0 ? "Gains of deviating" : $"Gains of deviating: {result.Block.Name}",
            new PlotAxis("gain: payoff of the deviator less its payoff in the profile", "money")
            {
                From = left,
                To = right,
                MarksZero = true
            },
            PlotAxis.None,
            [
                new RangeSeries([.. result.Clients.Select(client => new RangeGroup(
                    $"client {client.Client.Client}:  e, D/D', gamma",
                    [.. shown[client].Select(
                        gain => new RangeRow(gain.Deviation.Action, gain.Mean, gain.Limits.Low, gain.Limits.High, Side(gain.Verdict)))],
                    client.Best.Threshold))]),
            ]);
    }

    private static List<DeviationGain> Shown(RegretResult result, ClientRegret client) =>
        [.. result.Gains.Where(gain => gain.Deviation.Client == client.Client.Client).OrderByDescending(gain => gain.Mean)
            .Take(Deviations)];

    private static GainSide Side(GainVerdict verdict) => verdict switch
    {
        GainVerdict.Above => GainSide.Above,
        GainVerdict.Below => GainSide.Below,
        _ => GainSide.Open,
    };
}
