namespace FLCrowd;

/// <summary>
/// How the server makes a global model out of the clients' reports. Equal arguments give equal bits; several threads may call
/// at once. It keeps nothing from round to round: a run that is resumed goes on with a new one, from the model of its last checkpoint.
/// </summary>
public interface IAggregator
{
    /// <summary>Computes w_t.</summary>
    /// <param name="global">The global model w_{t-1}.</param>
    /// <param name="reports">The reports of the round in client order; at least one, every parameter finite.</param>
    /// <param name="next">Takes w_t.</param>
    void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next);
}

/// <summary>
/// An aggregator that is a weighted mean of the reports: w_t = sum c_i w_i / sum c_i. The cohorts then add up their own
/// clients' share, and the server never holds all reports at once.
/// </summary>
public interface ILinearAggregator : IAggregator
{
    /// <summary>c_i, at least 0, from the client's aggregation weight p_i.</summary>
    double Coefficient(double weight);

    /// <inheritdoc/>
    void IAggregator.Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next)
    {
        var sum = new WeightedSum(next.Length);
        foreach (var report in reports)
        {
            sum.Add(report.Model.Span, Coefficient(report.Weight));
        }

        sum.WriteMean(next);
    }
}

/// <summary>What one client reported.</summary>
public readonly record struct ReportedModel
{
    /// <summary>The client's index.</summary>
    public required int Client { get; init; }

    /// <summary>Its aggregation weight p_i.</summary>
    public required double Weight { get; init; }

    /// <summary>The reported model w_t^i.</summary>
    public required ReadOnlyMemory<float> Model { get; init; }
}
