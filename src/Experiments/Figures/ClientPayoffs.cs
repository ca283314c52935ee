using System.Globalization;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Sweeps;
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
    public static IReadOnlyList<string> Bases { get; } = ["u_hat", "measured"];

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
        foreach (var row in RunTables.Rows(tables.Directory, "episodes.csv"))
        {
            episodes[row.Whole("episode")] = (row.Seed(), row.Text(OutcomeTable.Panel));
        }

        var played = new ClientPayoffs { Panels = [.. episodes.Values.Select(episode => episode.Panel).Distinct()] };
        var (actions, sizes) = (new List<HiddenAction>(), new SortedSet<double>());
        foreach (var row in RunTables.Rows(tables.Directory, "clients.csv"))
        {
            if (row.Text("strategy") != Deviator || !episodes.TryGetValue(row.Whole("episode"), out var episode))
            {
                continue;
            }

            var action = new HiddenAction(row.Number("effort"), row.Number("gamma"));
            double size = row.Number("batch_size");
            played.Asked = row.Number("assigned_batch_size");
            played._samples.Add(episode.Seed, row.Number("u_hat"), Point(episode.Panel, Bases[0], action, size));
            played._samples.Add(episode.Seed, row.Number("payoff"), Point(episode.Panel, Bases[1], action, size));
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
                basis, panel => MeanCell.WithInterval(Truthful(panel, basis)), Thousands, "payoff of doing as asked", "money")),
        ]) with { PlusMinus = FigureNumbers.PlusMinus };

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
                row => Gain(row.Panel, row.Basis, action, row.Size) is { Length: > 0 } gains ? MeanCell.WithInterval(Moments.Of(gains))
                    : null,
                Thousands,
                "gain over doing as asked",
                "money")),
        ]) with { PlusMinus = FigureNumbers.PlusMinus };

    /// <summary>Payoffs, and their differences to the truthful ones, a row each.</summary>
    public FigureData Data() => new(
        ["panel", "basis", "effort", "gamma", "batch_size", "payoff", .. FigureNumbers.Columns, "gain", "gain_standard_error", "gain_low",
            "gain_high"],
        [.. from panel in Panels
            from basis in Bases
            from action in Actions
            from size in Sizes
            let payoff = _samples.MomentsAt(Point(panel, basis, action, size))
            where payoff.Count > 0
            let gains = Gain(panel, basis, action, size)
            let gain = gains.Length > 0 ? Moments.Of(gains) : new Moments(0, double.NaN, double.NaN)
            select (IReadOnlyList<object>)[
                panel, basis, action.Effort, action.Gamma, size, payoff.Mean, .. FigureNumbers.Fields(payoff), gain.Mean,
                .. FigureNumbers.Fields(gain).Take(3)]]);

    private string[] Truth(string panel, string basis) => Point(panel, basis, new HiddenAction(1, 1), Asked);

    private static string[] Point(string panel, string basis, HiddenAction action, double size) =>
        [panel, basis, action.ToString(), size.ToString(CultureInfo.InvariantCulture)];
}
