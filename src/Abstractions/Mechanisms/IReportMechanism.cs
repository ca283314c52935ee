namespace FLCrowd;

/// <summary>A mechanism that pays for what the clients reported: it is shown the reports of the rounds that it asks for.</summary>
/// <remarks>
/// An episode goes: <see cref="IIncentiveMechanism.Announce"/>, <see cref="Observe"/> in the order of rounds,
/// <see cref="IIncentiveMechanism.Pay"/>; no two calls overlap. Observing runs beside the training of later rounds and may take its
/// time; paying should be quick. The server knows reports and test data, nothing else, and so does the mechanism.
/// </remarks>
public interface IReportMechanism : IIncentiveMechanism
{
    /// <summary>Whether it needs <see cref="IValidation.Gradient"/>; a model without it is then refused before the run.</summary>
    bool NeedsGradient => false;

    /// <summary>Whether it wants to see the reports of a round: what nobody looks at is not sent.</summary>
    /// <param name="round">The round t, from 1.</param>
    /// <param name="protocol">How the crowd trains.</param>
    bool Observes(int round, TrainingProtocol protocol) => true;

    /// <summary>Takes note of a round, after it was aggregated. What it throws fails the run, with the mechanism and the round.</summary>
    void Observe(RoundView view);
}

/// <summary>A round as the server knows it. Models are valid during the call only: copy what you keep.</summary>
public sealed class RoundView
{
    /// <summary>The episode within this game, from 0.</summary>
    public required int Episode { get; init; }

    /// <summary>The round t, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>How the crowd trains.</summary>
    public required TrainingProtocol Protocol { get; init; }

    /// <summary>The global model w_{t-1} that the round started from.</summary>
    public required ReadOnlyMemory<float> Global { get; init; }

    /// <summary>The global model w_t that came out.</summary>
    public required ReadOnlyMemory<float> Next { get; init; }

    /// <summary>What was reported, in client order; clients that failed are not in it.</summary>
    public required IReadOnlyList<ReportedModel> Reports { get; init; }

    /// <summary>The game's own aggregator.</summary>
    public required IAggregator Aggregator { get; init; }

    /// <summary>The test data.</summary>
    public required IValidation Validation { get; init; }

    /// <summary>Draws of the mechanism in this round that nothing else uses.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Computes the global model that some of the reports would have made: w_{t-1} where there are none.</summary>
    /// <param name="reports">Some of <see cref="Reports"/>, in client order.</param>
    /// <param name="next">Takes the model.</param>
    public void Aggregate(IReadOnlyList<ReportedModel> reports, Span<float> next)
    {
        if (reports.Count == 0)
        {
            Global.Span.CopyTo(next);
            return;
        }

        Aggregator.Aggregate(Global.Span, reports, next);
    }
}

/// <summary>What the server's test data say of a model. Equal arguments give equal bits; several threads may call at once.</summary>
public interface IValidation
{
    /// <summary>f(w): the <see cref="Evaluation.TestLoss"/>.</summary>
    double Loss(ReadOnlySpan<float> model);

    /// <summary>Writes the gradient of f(w).</summary>
    /// <param name="model">w.</param>
    /// <param name="gradient">Takes the gradient; as long as w, and not the same memory.</param>
    /// <exception cref="InvalidOperationException">The model has none (<see cref="IReportMechanism.NeedsGradient"/>).</exception>
    void Gradient(ReadOnlySpan<float> model, Span<float> gradient);
}
