namespace FLCrowd;

/// <summary>
/// A strategy that decides what model it reports, beyond the coefficient gamma. A report is a function of its <see cref="ReportView"/>
/// alone: what a reporter keeps between rounds may be lost, since clients move between nodes at any moment, and rounds are repeated.
/// </summary>
public interface IReporter : IStrategyCapability
{
    /// <summary>Edits the report of one round.</summary>
    /// <param name="view">What the client received and what it trained.</param>
    /// <param name="report">Holds w + gamma (w_H - w) on entry and what the server receives on return; every entry finite.</param>
    void Report(in ReportView view, Span<float> report);
}

/// <summary>One round in the hands of a client that reports. Spans are valid during the call only: copy what you keep.</summary>
public readonly ref struct ReportView
{
    /// <summary>The client's index.</summary>
    public required int Client { get; init; }

    /// <summary>The round t, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The rounds T of an episode.</summary>
    public int Rounds { get; init; }

    /// <summary>The client's aggregation weight p_i.</summary>
    public double Weight { get; init; }

    /// <summary>The global model w_{t-2} of the round before; empty in the first one. The crowd's last step is <see cref="Global"/> less
    /// this.</summary>
    public ReadOnlySpan<float> Previous { get; init; }

    /// <summary>The global model w_{t-1} that the round started from.</summary>
    public required ReadOnlySpan<float> Global { get; init; }

    /// <summary>The local model w_{t,H} that the client trained.</summary>
    public required ReadOnlySpan<float> Local { get; init; }

    /// <summary>Draws of this client's reporter in this round.</summary>
    public required Seed Seed { get; init; }
}
