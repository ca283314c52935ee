using FLCrowd.Actors.Tables;
using FLCrowd.Analysis.Statistics;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Results;
using FLCrowd.Experiments.Tables;

namespace FLCrowd.Experiments.Figures;

/// <summary>What the server gets under each assignment, by panel: by the surrogate, as measured, and as paid.</summary>
/// <param name="Samples">By panel, quantity and assignment.</param>
/// <param name="Panels">In the order of the run.</param>
/// <param name="Assignments">In the order of the run.</param>
internal sealed record ServerPayoffs(Samples Samples, IReadOnlyList<string> Panels, IReadOnlyList<string> Assignments)
{
    public const string Axis = "assignment";
    public const string Optimal = "D*";
    public const string Uniform = "equal, same total";
    public const string Large = "D = 100";

    public const string Cost = "computation cost";
    private const string BySurrogate = "by the surrogate";
    private const string Measured = "measured, pay = cost";
    private const string Paid = "measured, as paid";
    private const string Loss = "test loss";
    private const string Total = "total of D";
    private const string Greatest = "greatest D";
    private const string Least = "least D";

    private static readonly (string Quantity, string Format)[] Shown =
    [
        (Greatest, "0.#"), (Least, "0.#"), (Total, "0.#"), (BySurrogate, "0.0000"), (Loss, "0.0000"), (Cost, "0.0000"),
        (Measured, "0.0000"), (Paid, "#,0.00"),
    ];

    /// <summary>The payoffs that claims are judged by.</summary>
    public static IReadOnlyList<string> Judged { get; } = [BySurrogate, Measured, Paid];

    /// <summary>The payoffs that are drawn.</summary>
    public static IReadOnlyList<string> Drawn { get; } = [BySurrogate, Measured];

    /// <summary>What a payoff is.</summary>
    public static string Explain(string basis) => basis == BySurrogate
        ? "by the loss surrogate that D* was found with: -lambda sum a_i/D_i - sum T c_p D_i, the part of the payoff that assignments "
            + "change."
        : "-lambda f(w_T) less the clients' costs, as if pay just covered them.";

    public static ServerPayoffs Read(FigureTables tables)
    {
        double moneyPerLoss = new Section(tables.Record.Configuration, "").Sub("game").Number("money-per-loss", Bounds.Above(0));
        var games = AssignedGames.Read(tables);

        // Draws of one seed share its terms.
        var slopes = games.Where(game => game.Assignment == Optimal).DistinctBy(game => (game.Panel, game.Seed))
            .ToDictionary(game => (game.Panel, game.Seed), game => game.BatchSlopes);
        var samples = new Samples();
        foreach (var game in games)
        {
            foreach (var (quantity, value) in (IEnumerable<(string, double)>)[
                (Loss, game.TestLoss), (Cost, game.ComputationCost), (Total, game.BatchSizes.Sum()), (Greatest, game.BatchSizes.Max()),
                (Least, game.BatchSizes.Min()),
                (Measured, -moneyPerLoss * game.TestLoss - game.Cost), (Paid, game.ServerPayoff)])
            {
                samples.Add(game.Seed, value, game.Panel, quantity, game.Assignment);
            }

            // One surrogate for all assignments: the one that D* is optimal for.
            if (slopes.TryGetValue((game.Panel, game.Seed), out var slope))
            {
                samples.Add(game.Seed, -moneyPerLoss * slope.Zip(game.BatchSizes, (a, size) => a / size).Sum() - game.ComputationCost,
                    game.Panel, BySurrogate, game.Assignment);
            }
        }

        return new ServerPayoffs(
            samples, [.. games.Select(game => game.Panel).Distinct()], [.. games.Select(game => game.Assignment).Distinct()]);
    }

    public Moments At(string panel, string quantity, string assignment) => Samples.MomentsAt(panel, quantity, assignment);

    public FindingTable Numbers(string title) => FindingTable.Of(
        title,
        from panel in Panels from assignment in Assignments select (Panel: panel, Assignment: assignment),
        [
            TableColumn<(string Panel, string Assignment)>.Name("panel", row => row.Panel),
            TableColumn<(string Panel, string Assignment)>.Name("assignment", row => row.Assignment, "of mini-batch sizes"),
            .. Shown.Select(column => TableColumn<(string Panel, string Assignment)>.Of(
                column.Quantity, row => MeanCell.WithInterval(At(row.Panel, column.Quantity, row.Assignment), FigureResult.Draws),
                new NumberFormat(column.Format))),
        ]);

    public TableData Data() => TableData.Of(
        Schema,
        [.. from panel in Panels
            from assignment in Assignments
            from column in Shown
            select new ServerPayoffRow(panel, assignment, column.Quantity, At(panel, column.Quantity, assignment))]);

    /// <summary>The figure's table.</summary>
    public static TableSchema<ServerPayoffRow> Schema { get; } = new(
        "fig7.csv", "one row per panel, assignment and quantity",
        Column.Text<ServerPayoffRow>("panel", "the panel", row => row.Panel),
        Column.Text<ServerPayoffRow>(Axis, "what the batch sizes are", row => row.Assignment),
        Column.Text<ServerPayoffRow>("quantity", "what was measured", row => row.Quantity),
        Column.Measured<ServerPayoffRow>("value", "", "its mean", row => row.Value.Mean),
        FigureNumbers.StandardError<ServerPayoffRow>(row => row.Value),
        FigureNumbers.Low<ServerPayoffRow>(row => row.Value),
        FigureNumbers.High<ServerPayoffRow>(row => row.Value),
        FigureNumbers.Seeds<ServerPayoffRow>(row => row.Value));
}

/// <summary>A row of fig7.csv.</summary>
internal readonly record struct ServerPayoffRow(string Panel, string Assignment, string Quantity, Moments Value);
