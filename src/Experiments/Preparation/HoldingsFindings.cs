using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Preparation;

/// <summary>Who holds what, for people: of the first game in holdings.csv.</summary>
internal static class HoldingsFindings
{
    /// <summary>Clients that are shown; a crowd may have thousands.</summary>
    private const int MostClients = 20;

    /// <summary>Classes that a plot has room for.</summary>
    private const int MostClasses = 20;

    /// <param name="directory">The run's folder.</param>
    /// <returns>A table and plots; nothing where the run has no such table.</returns>
    /// <exception cref="SettingException">The table is not what a run writes.</exception>
    public static IReadOnlyList<Finding> Of(string directory)
    {
        if (!File.Exists(Path.Combine(directory, HoldingsTable.Schema.File)))
        {
            return [];
        }

        var holders = new List<Holder>();
        int? first = null;
        foreach (var row in CsvRows.Of(directory, HoldingsTable.Schema))
        {
            first ??= row[HoldingsTable.Game];
            if (row[HoldingsTable.Game] != first)
            {
                break;
            }

            if (holders.Count == 0 || holders[^1].Client != row[HoldingsTable.Client])
            {
                holders.Add(new Holder(row[HoldingsTable.Client], row[HoldingsTable.Weight], row[HoldingsTable.Samples], []));
            }

            holders[^1].Held.Add(row[HoldingsTable.Held]);
        }

        return holders.Count == 0 ? [] : [
            Table(holders),
            .. holders[0].Held.Count <= MostClasses ? [Field(holders)] : (Finding[])[],
            .. holders.Select(holder => holder.Samples).Distinct().Count() > 1 ? [Sizes(holders)] : (Finding[])[],
        ];
    }

    private static FindingTable Table(List<Holder> holders) => FindingTable.Of(
        "Who holds what",
        holders.Take(MostClients),
        TableColumn<Holder>.Name("client", holder => $"{holder.Client}"),
        TableColumn<Holder>.Count("n", holder => holder.Samples, "samples that it holds"),
        TableColumn<Holder>.Number("p", holder => holder.Weight, NumberFormat.Significant, "its aggregation weight"),
        TableColumn<Holder>.Count("classes", holder => holder.Held.Count(held => held > 0), "of which it holds any"),
        TableColumn<Holder>.Count("most of class", holder => holder.Held.IndexOf(holder.Held.Max()), "the class of which it holds most"),
        TableColumn<Holder>.Number(
            "share", holder => (double)holder.Held.Max() / holder.Samples, NumberFormat.Share, "of that class in its samples")) with
    {
        Note = Left(holders),
        Shown = Shown.InReport,
    };

    private static FindingPlot Field(List<Holder> holders)
    {
        Holder[] shown = [.. holders.Take(MostClients)];
        return new FindingPlot(
            "holdings",
            $"Samples of each class that clients hold, by true label: the more colour, the more. {Left(holders)}".TrimEnd(),
            new PlotPanel(
                "",
                new PlotAxis("class"),
                new PlotAxis("client"),
                [
                    new HeatMapSeries(
                        [.. Enumerable.Range(0, shown[0].Held.Count).Select(label => (double)label)],
                        [.. shown.Select(holder => (double)holder.Client)],
                        [.. shown.Select(holder => (IReadOnlyList<double>)[.. holder.Held.Select(held => (double)held)])],
                        NumberFormat.Count),
                ])
            { Legend = LegendPlace.None })
        { Shown = Shown.InReport };
    }

    private static FindingPlot Sizes(List<Holder> holders)
    {
        double[] sizes = [.. holders.Select(holder => (double)holder.Samples).OrderDescending()];
        return new FindingPlot(
            "holdings-sizes",
            $"Samples that the {holders.Count} clients hold, from the largest client to the smallest: {sizes.Sum():#,0} in all.",
            new PlotPanel(
                "",
                new PlotAxis("rank of the client") { IsWhole = true },
                new PlotAxis("samples n") { Scale = PlotAxis.ScaleOf(sizes) },
                [new LineSeries("", Hue.Ink, [.. sizes.Select((size, rank) => new PlotPoint(rank + 1, size))]) { Marker = 1 }])
            { Legend = LegendPlace.None })
        { Shown = Shown.InReport, IsHalf = true };
    }

    private static string Left(List<Holder> holders) =>
        holders.Count > MostClients ? $"The first {MostClients} of {holders.Count} clients." : "";

    private sealed record Holder(int Client, double Weight, int Samples, List<int> Held);
}
