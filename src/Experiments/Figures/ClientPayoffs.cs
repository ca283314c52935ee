using System.Globalization;
using FLCrowd.Actors.Recording;
using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>e and gamma of a client.</summary>
internal readonly record struct HiddenAction(double Effort, double Gamma)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"e = {Effort}, gamma = {Gamma}");
}

/// <summary>What the client of the strategy <c>fixed</c> did and got, by panel.</summary>
internal sealed class ClientPayoffs
{
    private const string Deviator = "fixed";

    /// <summary>How its money is written.</summary>
    public static readonly NumberFormat Thousands = new("#,0.00");

    private readonly Samples _samples = new();

    /// <summary>Payoffs by the surrogate, and as measured.</summary>
    public static IReadOnlyList<string> Bases { get; } = [ClientTable.SurrogatePayoff.Name, "measured"];

    public IReadOnlyList<string> Panels { get; private init; } = [];

    /// <summary>In the order of the run.</summary>
    public IReadOnlyList<HiddenAction> Actions { get; private set; } = [];

    /// <summary>D_1, ascending.</summary>
    public IReadOnlyList<double> Sizes { get; private set; } = [];

    /// <summary>D'.</summary>
    public double Asked { get; private set; }

    public static ClientPayoffs Read(FigureTables tables)
    {
        var episodes = new Dictionary<int, (ulong Seed, string Panel)>();
        foreach (var row in CsvRows.Of(tables.Directory, EpisodeTable.Schema))
        {
            episodes[row[EpisodeTable.Episode]] = (row[EpisodeTable.Seed], row.Text(OutcomeTable.Panel));
        }

        var played = new ClientPayoffs { Panels = [.. episodes.Values.Select(episode => episode.Panel).Distinct()] };
        var (actions, sizes) = (new List<HiddenAction>(), new SortedSet<double>());
        foreach (var row in CsvRows.Of(tables.Directory, ClientTable.Schema))
        {
            if (row[ClientTable.Strategy] != Deviator || !episodes.TryGetValue(row[ClientTable.Episode], out var episode))
            {
                continue;
            }

            var action = new HiddenAction(row[ClientTable.Effort], row[ClientTable.Gamma]);
            double size = row.Or(ClientTable.BatchSize);
            played.Asked = row[ClientTable.AssignedBatchSize];
            played._samples.Add(episode.Seed, row[ClientTable.SurrogatePayoff], Point(episode.Panel, Bases[0], action, size));
            played._samples.Add(episode.Seed, row[ClientTable.Payoff], Point(episode.Panel, Bases[1], action, size));
            actions.Add(action);
            sizes.Add(size);
        }

        (played.Actions, played.Sizes) = ([.. actions.Distinct()], [.. sizes]);
        return played;
    }

    /// <summary>The payoff of an action less the truthful one, by seed.</summary>
    public double[] Gain(string panel, string basis, HiddenAction action, double size) =>
        _samples.Difference(Point(panel, basis, action, size), Truth(panel, basis));

    /// <summary>The truthful payoff, by seed.</summary>
    public double[] TruthfulPayoffs(string panel, string basis) => _samples.At(Truth(panel, basis));

    public Moments Truthful(string panel, string basis) => _samples.MomentsAt(Truth(panel, basis));

    /// <summary>The truthful payoff: a row per panel, a column per basis.</summary>
    public FindingTable Levels(string title) => FindingTable.Of(
        title,
        Panels,
        [
            TableColumn<string>.Name("panel", panel => panel),
            .. Bases.Select(basis => TableColumn<string>.Of(
                basis, panel => MeanCell.WithInterval(Truthful(panel, basis), FigureResult.Draws), Thousands, "payoff of doing as asked",
                "money")),
        ]);

    /// <summary>A row per panel, basis and batch size, a column per action.</summary>
    public FindingTable Gains(string title) => FindingTable.Of(
        title,
        from panel in Panels from basis in Bases from size in Sizes select (Panel: panel, Basis: basis, Size: size),
        [
            TableColumn<(string Panel, string Basis, double Size)>.Name("panel", row => row.Panel),
            TableColumn<(string Panel, string Basis, double Size)>.Name("payoff", row => row.Basis),
            TableColumn<(string Panel, string Basis, double Size)>.Name(
                "D_1", row => row.Size.ToString(CultureInfo.InvariantCulture), "batch size of client 1"),
            .. Actions.Select(action => TableColumn<(string Panel, string Basis, double Size)>.Of(
                action.ToString(),
                row => Gain(row.Panel, row.Basis, action, row.Size) is { Length: > 0 } gains
                    ? MeanCell.WithInterval(Moments.Of(gains), FigureResult.Draws)
                    : null,
                Thousands,
                "gain over doing as asked",
                "money")),
        ]);

    /// <summary>Payoffs, and their differences to the truthful ones, a row each.</summary>
    public TableData Data() => TableData.Of(
        Schema,
        [.. from panel in Panels
            from basis in Bases
            from action in Actions
            from size in Sizes
            let payoff = _samples.MomentsAt(Point(panel, basis, action, size))
            where payoff.Count > 0
            let gains = Gain(panel, basis, action, size)
            let gain = gains.Length > 0 ? Moments.Of(gains) : new Moments(0, double.NaN, double.NaN)
            select new ClientPayoffRow(panel, basis, action, size, payoff, gain)]);

    /// <summary>The figure's table.</summary>
    public static TableSchema<ClientPayoffRow> Schema { get; } = new(
        "fig6.csv", "one row per point of the plots",
        Column.Text<ClientPayoffRow>("panel", "the panel", row => row.Panel),
        Column.Text<ClientPayoffRow>("basis", "`u_hat`: by the surrogate that pay is made from; `measured`", row => row.Basis),
        Column.Number<ClientPayoffRow>("effort", "", "e of client 1", row => row.Action.Effort),
        Column.Number<ClientPayoffRow>("gamma", "", "its gamma", row => row.Action.Gamma),
        Column.Number<ClientPayoffRow>("batch_size", "", "its D", row => row.Size),
        Column.Measured<ClientPayoffRow>("payoff", "money", "its mean payoff", row => row.Payoff.Mean),
        FigureNumbers.StandardError<ClientPayoffRow>(row => row.Payoff, unit: "money"),
        FigureNumbers.Low<ClientPayoffRow>(row => row.Payoff, unit: "money"),
        FigureNumbers.High<ClientPayoffRow>(row => row.Payoff, unit: "money"),
        FigureNumbers.Seeds<ClientPayoffRow>(row => row.Payoff),
        Column.Measured<ClientPayoffRow>("gain", "money", "the mean of that less the truthful payoff, seed by seed", row => row.Gain.Mean),
        FigureNumbers.StandardError<ClientPayoffRow>(row => row.Gain, "gain_", "money"),
        FigureNumbers.Low<ClientPayoffRow>(row => row.Gain, "gain_", "money"),
        FigureNumbers.High<ClientPayoffRow>(row => row.Gain, "gain_", "money"));

    private string[] Truth(string panel, string basis) => Point(panel, basis, new HiddenAction(1, 1), Asked);

    private static string[] Point(string panel, string basis, HiddenAction action, double size) =>
        [panel, basis, action.ToString(), size.ToString(CultureInfo.InvariantCulture)];
}

/// <summary>A row of fig6.csv.</summary>
internal readonly record struct ClientPayoffRow(
    string Panel, string Basis, HiddenAction Action, double Size, Moments Payoff, Moments Gain);
