namespace FLCrowd.Actors.Tests.Fakes;

/// <summary>The weighted mean.</summary>
internal sealed class FakeMean : ILinearAggregator
{
    public double Coefficient(double weight) => weight;
}

/// <summary>An aggregator that needs all reports at once.</summary>
internal sealed class FakeNonLinear(Func<IReadOnlyList<ReportedModel>, float[]> aggregate) : IAggregator
{
    public void Aggregate(ReadOnlySpan<float> global, IReadOnlyList<ReportedModel> reports, Span<float> next) =>
        aggregate(reports).CopyTo(next);

    /// <summary>Depends on the order of the reports.</summary>
    public static FakeNonLinear Chained { get; } = new(reports =>
    {
        var result = new float[TinyModel.Length];
        foreach (var report in reports)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (result[i] * 0.7f) + (report.Model.Span[i] * 0.3f);
            }
        }

        return result;
    });
}
