using FLCrowd.Actors.Recording;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>A model's property over rounds, by the swept columns.</summary>
internal sealed class RoundCurves
{
    private readonly Outcome _outcome;
    private readonly Samples _samples = new();
    private readonly SortedSet<int> _rounds = [];

    private RoundCurves(Outcome outcome) => _outcome = outcome;

    public static RoundCurves Read(FigureTables tables, Outcome outcome, IReadOnlyList<string> columns)
    {
        var curves = new RoundCurves(outcome);
        var episodes = new Dictionary<int, (ulong Seed, string[] Point)>();
        foreach (var row in CsvRows.Of(tables.Directory, EpisodeTable.Schema))
        {
            episodes[row[EpisodeTable.Episode]] = (row[EpisodeTable.Seed], [.. columns.Select(row.Text)]);
        }

        foreach (var row in CsvRows.Of(tables.Directory, RoundTable.Schema))
        {
            if (episodes.TryGetValue(row[RoundTable.Episode], out var episode))
            {
                int round = row[RoundTable.Round];
                curves._rounds.Add(round);
                curves._samples.Add(episode.Seed, row.Number(outcome.Column), [.. episode.Point, $"{round}"]);
            }
        }

        return curves;
    }

    /// <summary>One line per point.</summary>
    public FindingPlot Plot(string name, string title, string caption, IReadOnlyList<(string Legend, string[] Point)> points)
    {
        // The untrained model would take most of the plot, and what is asked about a small rest.
        int[] rounds = [.. _rounds.Where(round => round > 0)];
        var axis = FigureCharts.Axis("communication round", [.. rounds.Select(round => (double)round)], isLogarithmic: false);
        var lines = points.Select(point => new ChartLine(
            point.Legend, [.. rounds.Select(round => _samples.MomentsAt([.. point.Point, $"{round}"]))])).ToList();
        return new FindingPlot(
            name, caption, FigureCharts.Lines(
                title, axis, _outcome, lines, _outcome.IsLoss ? "training loss F(w_t)" : "test accuracy of w_t"));
    }
}
