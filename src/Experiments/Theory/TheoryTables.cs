using System.Globalization;
using FLCrowd.Experiments.Results;
using FLCrowd.Strategies.Theory;

namespace FLCrowd.Experiments.Theory;

/// <summary>The theory of a game as tables.</summary>
internal static class TheoryTables
{
    /// <summary>Kinds of clients that are shown; a crowd may have as many as clients.</summary>
    private const int MaxKinds = 40;

    /// <summary>All that is said of a game.</summary>
    /// <param name="theory">What the theory says.</param>
    /// <param name="protocol">How the game is trained.</param>
    /// <param name="constants">The model's constants; null: it has none.</param>
    /// <param name="notes">What the user should know of how it was made.</param>
    public static Findings Of(GameTheory theory, TrainingProtocol protocol, LearningConstants? constants, IEnumerable<string> notes)
    {
        return new Findings([
            .. constants is null ? (Finding[])[] : [Constants(constants, protocol)],
            .. theory.Surrogate.Errors is { } errors ? (Finding[])[Measured(theory.Surrogate, errors, theory.BatchSizes)] : [],
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

    public static FindingTable Constants(LearningConstants constants, TrainingProtocol protocol) => FindingTable.Of(
        "The model's constants",
        (IReadOnlyList<(string Symbol, string What, string Value)>)[
            ("L", "smoothness", Text(constants.Smoothness)),
            ("mu", "strong convexity", Text(constants.StrongConvexity)),
            ("beta", "label-noise variance", Text(constants.LabelNoise)),
            ("sigma^2", "gradient variance of one sample", Range(constants.GradientVariance)),
            ("G^2", "gradient norm, squared", Text(constants.GradientNorm)),
            ("d", "heterogeneity F_i(w*) - min F_i", Range(constants.Heterogeneity)),
            ("F*", "least training loss", Text(constants.MinimalLoss)),
            ("|w0 - w*|^2", "initial distance, squared", Text(constants.InitialDistance)),
            ("1/(2L)", "largest step size of Theorem 1", Text(1 / (2 * constants.Smoothness))),
            ("A", "scale of Theorem 1", Text(Theorem1.Scale(constants, protocol))),
        ],
        TableColumn<(string Symbol, string What, string Value)>.Name("symbol", row => row.Symbol),
        TableColumn<(string Symbol, string What, string Value)>.Word("what", row => row.What),
        TableColumn<(string Symbol, string What, string Value)>.Verdict("value", row => row.Value));

    /// <summary>What a surrogate that is measured came out as, each value with its standard error.</summary>
    /// <param name="surrogate">The surrogate.</param>
    /// <param name="errors">Its standard errors.</param>
    /// <param name="batchSizes">D' of every client, in client order.</param>
    public static FindingTable Measured(LossSurrogate surrogate, SurrogateErrors errors, IReadOnlyList<int> batchSizes)
    {
        var kinds = Enumerable.Range(0, batchSizes.Count).Where(surrogate.Asks)
            .GroupBy(client => (
                Batch: Measured(surrogate.BatchSlope[client], errors.BatchSlope[client]),
                Effort: Measured(surrogate.EffortSlope[client], errors.EffortSlope[client]),
                Report: Measured(surrogate.ReportCurvature[client], errors.ReportCurvature[client])))
            .ToList();
        return FindingTable.Of(
            $"The surrogate {surrogate.Name}, measured{Left(kinds.Count)}",
            kinds.Take(MaxKinds),
            TableColumn<IGrouping<(string Batch, string Effort, string Report), int>>.Name("clients", kind => Clients(kind)),
            TableColumn<IGrouping<(string Batch, string Effort, string Report), int>>.Verdict("a (loss per 1/D)", kind => kind.Key.Batch),
            TableColumn<IGrouping<(string Batch, string Effort, string Report),
            int>>.Verdict("b (loss per lost effort)", kind => kind.Key.Effort),
            TableColumn<IGrouping<(string Batch, string Effort, string Report),
            int>>.Verdict("q (loss per (gamma - 1)^2)", kind => kind.Key.Report),
            TableColumn<IGrouping<(string Batch, string Effort, string Report), int>>.Verdict(
                "loss as asked", _ => Measured(surrogate.TruthfulLoss(batchSizes) + surrogate.MinimalLoss, errors.TruthfulLoss))) with
        {
            PlusMinus = "± is one standard error of the fit.",
        };
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
            TableColumn<TermsRow>.Number("gain", row => row.Client.Gain, NumberFormat.Money, "of the best response", "money"));
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
            TableColumn<PrecisionRow>.Verdict(
                "Phi", row => Measured(row.LossSlope, row.Precision.LossSlopeError), "what pay falls by per loss"),
            TableColumn<PrecisionRow>.Verdict(
                "payoff as asked", row => Money(0, row.Precision.PayoffError),
                "0 by the surrogate; off by Phi times the error of its level"),
            TableColumn<PrecisionRow>.Verdict(
                "labels earn", row => Money(row.Precision.LabelingMargin, row.Precision.LabelingMarginError),
                "Phi b - c_l: beyond what they cost"),
            TableColumn<PrecisionRow>.Number(
                "epsilon", row => row.Precision.Epsilon, NumberFormat.Money,
                "at most so much is gained by another D or e, where a and b are within two standard errors", "money"),
            TableColumn<PrecisionRow>.Verdict("o", row => row.Worth, "loss without the client less loss with it"),
            TableColumn<PrecisionRow>.Verdict(
                "taking part earns",
                row => row.Precision is { ParticipationMargin: { } margin, ParticipationMarginError: { } error }
                    ? Money(margin, error) : "not measured",
                "Phi o less the cost of doing as asked"),
            TableColumn<PrecisionRow>.Verdict(
                "pays for itself",
                row => row.Precision.Participation switch
                {
                    ParticipationVerdict.Pays => "yes",
                    ParticipationVerdict.DoesNotPay => "no",
                    _ => "not known",
                },
                "by more than two standard errors")) with
        {
            PlusMinus = "± is one standard error.",
        };

        string Worth(ClientTheory client) => theory.Surrogate.Worth is { } worth
            ? Measured(worth[client.Client], theory.Surrogate.Errors?.Worth?[client.Client] ?? 0)
            : "not measured";
    }

    private static string Money(double value, double error) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.00} ± {error:0.00}");

    private static string Left(int kinds) => kinds > MaxKinds ? $" (the first {MaxKinds} of {kinds} kinds of clients)" : "";

    private static TableColumn<TermsRow> Symbol(string name, Func<ClientTheory, double> value, string meaning) =>
        TableColumn<TermsRow>.Number(name, row => value(row.Client), NumberFormat.Significant, meaning);

    private sealed record PrecisionRow(string Clients, double LossSlope, TermsPrecision Precision, string Worth);

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

    private static string Range(PerClient values)
    {
        double low = values.Values.Min(), high = values.Values.Max();
        return low == high ? Text(low) : $"{Text(low)} to {Text(high)} (mean {Text(values.Values.Average())})";
    }

    private static string Measured(double value, double error) =>
        string.Format(CultureInfo.InvariantCulture, error < 100 ? "{0:G4} ± {1:G2}" : "{0:0} ± {1:0}", value, error);

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
