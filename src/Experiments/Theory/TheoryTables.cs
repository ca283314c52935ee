using System.Globalization;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Results;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>The theory of a game as tables.</summary>
internal static class TheoryTables
{
    /// <summary>Kinds of clients that are shown; a crowd may have as many as clients.</summary>
    private const int MaxKinds = 40;

    private static readonly PlusMinus OfFit = new(
        SpreadKind.StandardError, "one standard error of the fit, by a jackknife over pilot seeds");

    private static readonly PlusMinus OfLoss = PlusMinus.OfMean("pilot seeds");

    /// <summary>All that is said of a game.</summary>
    /// <param name="theory">What the theory says.</param>
    /// <param name="game">The game.</param>
    /// <param name="costs">By client.</param>
    /// <param name="constants">Those that the surrogate is made of, or the model's; null: there are none.</param>
    /// <param name="notes">What the user should know of how it was made.</param>
    public static Findings Of(
        GameTheory theory, GameDefinition game, IReadOnlyList<ClientCosts> costs, LearningConstants? constants, IEnumerable<string> notes)
    {
        return new Findings([
            .. constants is null ? (Finding[])[] : [ConstantTables.Constants(constants, theory.Surrogate, game.Learning.Protocol)],
            ConstantTables.Numbers(theory.Surrogate, game, costs),
            Surrogate(theory.Surrogate, theory.BatchSizes),
            Terms(theory),
            .. theory.Surrogate is { Errors: null, Worth: null } ? (Finding[])[] : [Precision(theory)],
            .. theory.Surrogate.NotAsked is { Count: > 0 } left
                ? (Finding[])[new FindingNote($"not asked to take part: {Clients(left)}")]
                : [],
            new FindingNote(
                $"expected loss when all do what they are asked: {theory.TruthfulLoss:G5}; the server's payoff then: "
                    + $"{theory.ServerPayoff:G5}"),
            .. notes.Select(note => new FindingNote($"note: {note}")),
        ]);
    }

    /// <summary>The coefficients of a surrogate, each with its standard error where it is measured.</summary>
    /// <param name="surrogate">The surrogate.</param>
    /// <param name="batchSizes">D' of every client, in client order.</param>
    public static FindingTable Surrogate(LossSurrogate surrogate, IReadOnlyList<int> batchSizes)
    {
        var errors = surrogate.Errors;
        var kinds = Enumerable.Range(0, batchSizes.Count).Where(surrogate.Asks)
            .GroupBy(client => (surrogate.Client(client), errors?.BatchSlope[client], errors?.EffortSlope[client],
                errors?.ReportCurvature[client]))
            .Select(kind => kind.ToList())
            .ToList();
        return FindingTable.Of(
            $"The surrogate {surrogate.Name}{(errors is null ? "" : ", measured")}{Left(kinds.Count)}",
            kinds.Take(MaxKinds),
            TableColumn<List<int>>.Name("clients", kind => Clients(kind)),
            Coefficient("a", term => term.BatchSlope, errors?.BatchSlope, "what 1 / D adds to the loss", "loss times samples"),
            Coefficient("b", term => term.EffortSlope, errors?.EffortSlope, "what labels without effort add", "loss"),
            Coefficient("q", term => term.ReportCurvature, errors?.ReportCurvature, "what (gamma - 1)^2 V adds", "loss per V"),
            TableColumn<List<int>>.Of(
                "loss as asked",
                _ => new MeanCell(
                    surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss, errors?.TruthfulLoss ?? double.NaN, OfLoss),
                NumberFormat.Significant, "S + F* when all do as asked", "loss"),
            Coefficient("v", term => term.NormConstant, null, "in V = v + v_D / D + v_e (1 - e); G^2 in a bound", ""),
            Coefficient("v_D", term => term.NormBatchSlope, null, "likewise; sigma_i^2 in a bound", ""),
            Coefficient("v_e", term => term.NormEffortSlope, null, "likewise; beta in a bound", "")) with
        {
            Note = "f = F* + C + the sum over clients of a / D + b (1 - e) + q (gamma - 1)^2 V, V = v + v_D / D + v_e (1 - e). "
                + "Units: a is loss times samples, b is loss, q V is loss.",
        };

        TableColumn<List<int>> Coefficient(
            string name, Func<ClientLossTerm, double> value, PerClient? error, string meaning, string unit) =>
            TableColumn<List<int>>.Of(
                name, kind => new MeanCell(value(surrogate.Client(kind[0])), error?[kind[0]] ?? double.NaN, OfFit),
                NumberFormat.Significant, meaning, unit);
    }

    public static FindingTable Terms(GameTheory theory)
    {
        var kinds = theory.Corrected.Zip(theory.Printed)
            .GroupBy(pair => (pair.First with { Client = 0, Precision = null }, pair.Second with { Client = 0, Precision = null }))
            .ToList();
        return FindingTable.Of(
            $"LCEME over the surrogate {theory.Surrogate.Name}{Left(kinds.Count)}",
            kinds.Take(MaxKinds).SelectMany(kind => (TermsRow[])[
                new(Clients(kind.Select(pair => pair.First.Client)), "corrected", kind.First().First),
                new("", "as printed", kind.First().Second),
            ]),
            TableColumn<TermsRow>.Name("clients", row => row.Clients),
            TableColumn<TermsRow>.Name("formulas", row => row.Formulas),
            Symbol("p", client => client.Weight, "weight of a client's data").AsDetail(),
            Symbol("a", client => client.BatchSlope, "loss per 1 / D"),
            Symbol("b", client => client.EffortSlope, "loss per lost effort"),
            Symbol("D_min", client => client.LeastBatchSize, "the least mini-batch size that LCEME can ask for").AsDetail(),
            TableColumn<TermsRow>.Count("D*", row => row.Client.OptimalBatchSize, "the mini-batch size that is best for the server"),
            TableColumn<TermsRow>.Count("D'", row => row.Client.BatchSize, Symbols.Asked.Meaning),
            Symbol("Phi", client => client.LossSlope, "what pay falls by per loss"),
            Symbol("Omega + c_l", client => client.Fixed, "fixed pay and labeling cost"),
            TableColumn<TermsRow>.Number(
                "u_hat, truthful", row => row.Client.TruthfulPayoff, NumberFormat.Money, "payoff by the surrogate of doing as asked",
                "money"),
            TableColumn<TermsRow>.Verdict(
                "best e, D, gamma",
                row => $"{Text(row.Client.BestResponse.Effort)}, {row.Client.BestResponse.BatchSize}, "
                    + $"{Text(row.Client.BestResponse.Gamma)}",
                "the best response, where all others do as asked"),
            TableColumn<TermsRow>.Number("gain", row => row.Client.Gain, NumberFormat.Money, "of the best response", "money")) with
        {
            Note = "D_min, D* and D' are samples; Phi is money per unit of loss; Omega + c_l, u_hat and gain are money.",
        };
    }

    /// <summary>What the standard errors of a measurement mean for the corrected terms.</summary>
    public static FindingTable Precision(GameTheory theory)
    {
        var kinds = theory.Corrected.Where(client => client.Precision is not null)
            .GroupBy(client => (client.LossSlope, Precision: client.Precision!, Worth: Worth(client)))
            .Select(kind => new PrecisionRow(
                Clients(kind.Select(client => client.Client)), kind.Key.LossSlope, kind.Key.Precision, kind.Key.Worth))
            .ToList();
        return FindingTable.Of(
            $"How sure these terms are{Left(kinds.Count)}",
            kinds.Take(MaxKinds),
            TableColumn<PrecisionRow>.Name("clients", row => row.Clients),
            Sure("Phi", row => (row.LossSlope, row.Precision.LossSlopeError), NumberFormat.Significant, "what pay falls by per loss", ""),
            Sure(
                "payoff as asked", row => (0, row.Precision.PayoffError), NumberFormat.Money,
                "0 by the surrogate; off by Phi times the error of its level"),
            Sure(
                "labels earn", row => (row.Precision.LabelingMargin, row.Precision.LabelingMarginError), NumberFormat.Money,
                "Phi b - c_l: beyond what they cost"),
            TableColumn<PrecisionRow>.Number(
                "epsilon", row => row.Precision.Epsilon, NumberFormat.Money,
                "at most so much is gained by another D or e, where a and b are within two standard errors", "money"),
            Sure("o", row => row.Worth, NumberFormat.Significant, "loss without the client less loss with it", ""),
            Sure(
                "taking part earns",
                row => row.Precision is { ParticipationMargin: { } margin, ParticipationMarginError: { } error } ? (margin, error) : null,
                NumberFormat.Money, "Phi o less the cost of doing as asked"),
            TableColumn<PrecisionRow>.Verdict(
                "pays for itself",
                row => row.Precision.Participation switch
                {
                    ParticipationVerdict.Pays => "yes",
                    ParticipationVerdict.DoesNotPay => "no",
                    _ => "not known",
                },
                "by more than two standard errors"));

        (double Value, double Error)? Worth(ClientTheory client) => theory.Surrogate.Worth is { } worth
            ? (worth[client.Client], theory.Surrogate.Errors?.Worth?[client.Client] ?? 0)
            : null;

        static TableColumn<PrecisionRow> Sure(
            string name, Func<PrecisionRow, (double Value, double Error)?> measured, NumberFormat format, string meaning,
            string unit = "money") => TableColumn<PrecisionRow>.Of(
                name, row => measured(row) is var (value, error) ? new MeanCell(value, error, OfFit) : null, format, meaning, unit);
    }

    private static string Left(int kinds) => kinds > MaxKinds ? $" (the first {MaxKinds} of {kinds} kinds of clients)" : "";

    private static TableColumn<TermsRow> Symbol(string name, Func<ClientTheory, double> value, string meaning) =>
        TableColumn<TermsRow>.Number(name, row => value(row.Client), NumberFormat.Significant, meaning);

    private sealed record PrecisionRow(
        string Clients, double LossSlope, TermsPrecision Precision, (double Value, double Error)? Worth);


    private sealed record TermsRow(string Clients, string Formulas, ClientTheory Client);

    /// <summary>Consecutive indices as ranges: <c>0-2, 5</c>.</summary>
    private static string Clients(IEnumerable<int> ascending)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (int client in ascending)
        {
            if (ranges.Count > 0 && ranges[^1].Last == client - 1)
            {
                ranges[^1] = (ranges[^1].First, client);
            }
            else
            {
                ranges.Add((client, client));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}-{range.Last}"));
    }

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
