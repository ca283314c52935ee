using System.Globalization;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>The final models of a sweep over panels, how many clients deviate, and one more quantity: what Figs. 2 to 5 draw.</summary>
/// <param name="Outcome">What was measured.</param>
/// <param name="Crowd">The column of how many clients deviate, which is what its values say.</param>
/// <param name="Swept">The column of the swept quantity.</param>
/// <param name="Samples">By panel, crowd and swept value.</param>
/// <param name="Panels">The panels, in the order of the run.</param>
/// <param name="Crowds">The crowds, likewise.</param>
/// <param name="Values">The swept values, ascending.</param>
internal sealed record OutcomeTable(
    Outcome Outcome, string Crowd, string Swept, Samples Samples, IReadOnlyList<string> Panels, IReadOnlyList<string> Crowds,
    IReadOnlyList<double> Values)
{
    public const string Panel = "panel";

    public static OutcomeTable Read(FigureTables tables, Outcome outcome, string crowd, string swept)
    {
        var samples = new Samples();
        var (panels, crowds, values) = (new List<string>(), new List<string>(), new SortedSet<double>());
        foreach (var row in CsvRows.Of(tables.Directory, EpisodeTable.Schema))
        {
            samples.Add(row[EpisodeTable.Seed], row.Number(outcome.Column), row.Text(Panel), row.Text(crowd), row.Text(swept));
            panels.Add(row.Text(Panel));
            crowds.Add(row.Text(crowd));
            values.Add(row.Number(swept));
        }

        return new OutcomeTable(outcome, crowd, swept, samples, [.. panels.Distinct()], [.. crowds.Distinct()], [.. values]);
    }

    /// <summary>How a swept value is written in the tables.</summary>
    public static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>One line per crowd.</summary>
    public IReadOnlyList<ChartLine> Lines(string panel, Func<string, string> legend) =>
        [.. Crowds.Select(crowd =>
            new ChartLine(legend(crowd), [.. Values.Select(value => Samples.MomentsAt(panel, crowd, Text(value)))]))];

    /// <summary>Means with half the width of their intervals: a row per panel and crowd, a column per swept value.</summary>
    public FindingTable Numbers(string title, string symbol) => FindingTable.Of(
        title,
        from panel in Panels from crowd in Crowds select (Panel: panel, Crowd: crowd),
        [
            TableColumn<(string Panel, string Crowd)>.Name("panel", row => row.Panel),
            TableColumn<(string Panel, string Crowd)>.Name(Crowd, row => row.Crowd, "how many of the clients"),
            .. Values.Select(value => TableColumn<(string Panel, string Crowd)>.Of(
                $"{symbol} = {Text(value)}",
                row => MeanCell.WithInterval(Samples.MomentsAt(row.Panel, row.Crowd, Text(value)), FigureResult.Seeds),
                NumberFormat.Loss, Outcome.Title)),
        ]);

    /// <summary>The same for programs, a row each.</summary>
    public TableData Data(TableSchema<OutcomeRow> schema) => TableData.Of(
        schema,
        [.. from panel in Panels
            from crowd in Crowds
            from value in Values
            select new OutcomeRow(panel, crowd, value, Samples.MomentsAt(panel, crowd, Text(value)))]);

    /// <summary>The table of a figure.</summary>
    /// <param name="figure">Its name.</param>
    /// <param name="outcome">What was measured.</param>
    /// <param name="crowd">The column of how many clients deviate.</param>
    /// <param name="value">What the swept quantity is called.</param>
    /// <param name="meaning">What it is, for people.</param>
    public static TableSchema<OutcomeRow> Schema(string figure, Outcome outcome, string crowd, string value, string meaning) => new(
        $"{figure}.csv", "one row per point of the plots",
        Column.Text<OutcomeRow>("panel", "the panel", row => row.Panel),
        Column.Text<OutcomeRow>(crowd, "how many clients deviate", row => row.Crowd),
        Column.Number<OutcomeRow>(value, "", meaning, row => row.Value),
        Column.Measured<OutcomeRow>(outcome.Column, "", "mean over seeds", row => row.Moments.Mean),
        FigureNumbers.StandardError<OutcomeRow>(row => row.Moments),
        FigureNumbers.Low<OutcomeRow>(row => row.Moments),
        FigureNumbers.High<OutcomeRow>(row => row.Moments),
        FigureNumbers.Seeds<OutcomeRow>(row => row.Moments));
}

/// <summary>A row of a figure's table.</summary>
internal readonly record struct OutcomeRow(string Panel, string Crowd, double Value, Moments Moments);
