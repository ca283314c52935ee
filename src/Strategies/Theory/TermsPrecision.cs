namespace FLCrowd.Strategies.Theory;

/// <summary>What is known of whether taking part pays for itself.</summary>
public enum ParticipationVerdict
{
    /// <summary>The client is worth more than doing as asked costs it, by more than two standard errors.</summary>
    Pays,

    /// <summary>It is worth less, by more than two standard errors: it would rather stay away.</summary>
    DoesNotPay,

    /// <summary>Two standard errors do not tell.</summary>
    NotKnown,
}

/// <summary>
/// What the standard errors of a measured surrogate mean for the terms that LCEME makes of it, for one client (docs/theory.md, "What the
/// errors of a measurement mean"). To first order, errors of different coefficients taken for independent; all are 0 where nothing was
/// measured. Standard errors are in the units of what they are of.
/// </summary>
public sealed record TermsPrecision
{
    /// <summary>Standard errors in a bound.</summary>
    private const double Errors = 2;

    /// <summary>The standard error of Phi, which is Phi times the relative one of a; money per loss.</summary>
    public required double LossSlopeError { get; init; }

    /// <summary>The standard error of the payoff of doing as asked, which is 0 by the surrogate: Phi times the one of S(truthful);
    /// money.</summary>
    public required double PayoffError { get; init; }

    /// <summary>Phi b - c_l: what labeling earns beyond its cost; money.</summary>
    public required double LabelingMargin { get; init; }

    /// <summary>The standard error of <see cref="LabelingMargin"/> under the announced Phi; money.</summary>
    public required double LabelingMarginError { get; init; }

    /// <summary>
    /// What a client may gain at most by another D or e than asked because the announced Phi is of a measurement, where a and b are within
    /// two standard errors of it: c D' (1 - root(1 - 2 s_a / a))^2 + max(0, c_l - Phi (b - 2 s_b)); money, at least 0.
    /// </summary>
    public required double Epsilon { get; init; }

    /// <summary>Phi o - (c_l e' + c D'): what taking part earns beyond its cost, others doing as asked; money. Null where o is not
    /// known.</summary>
    public double? ParticipationMargin { get; init; }

    /// <summary>The standard error of <see cref="ParticipationMargin"/>, of those of o and of Phi; money.</summary>
    public double? ParticipationMarginError { get; init; }

    /// <summary>What that says; null where what the client is worth is not known.</summary>
    public ParticipationVerdict? Participation => ParticipationMargin is not { } margin ? null
        : margin > Errors * ParticipationMarginError ? ParticipationVerdict.Pays
        : margin < -Errors * ParticipationMarginError ? ParticipationVerdict.DoesNotPay
        : ParticipationVerdict.NotKnown;

    /// <summary>How sure the terms of a client are.</summary>
    /// <param name="assignment">What it is asked for, and its terms.</param>
    /// <param name="costs">Its costs.</param>
    /// <param name="protocol">How the crowd trains.</param>
    /// <param name="surrogate">What the terms were made of.</param>
    /// <param name="client">Its index.</param>
    /// <returns>Null where the client is not asked to take part, or the surrogate has no slope to pay by.</returns>
    public static TermsPrecision? Of(
        Assignment assignment, ClientCosts costs, TrainingProtocol protocol, LossSurrogate surrogate, int client)
    {
        var term = surrogate.Client(client);
        if (!assignment.TakesPart || !(term.BatchSlope > 0))
        {
            return null;
        }

        double phi = assignment.Terms.LossSlope;
        double relative = (surrogate.Errors?.BatchSlope[client] ?? 0) / term.BatchSlope;
        double effort = surrogate.Errors?.EffortSlope[client] ?? 0;
        double computing = protocol.ChargedSteps * costs.Computation * assignment.BatchSize;
        double off = 1 - Math.Sqrt(Math.Max(0, 1 - Errors * relative));
        double? worth = surrogate.Worth?[client];
        return new TermsPrecision
        {
            LossSlopeError = phi * relative,
            PayoffError = phi * (surrogate.Errors?.TruthfulLoss ?? 0),
            LabelingMargin = phi * term.EffortSlope - costs.Labeling,
            LabelingMarginError = phi * effort,
            Epsilon = computing * off * off + Math.Max(0, costs.Labeling - phi * (term.EffortSlope - Errors * effort)),
            ParticipationMargin = phi * worth - costs.Of(assignment.AsAction, protocol),
            ParticipationMarginError = worth is { } known
                ? phi * double.Hypot(surrogate.Errors?.Worth?[client] ?? 0, known * relative)
                : null,
        };
    }
}
