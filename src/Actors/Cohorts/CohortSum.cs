using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Cohorts;

/// <summary>What a cohort's clients reported in a round: their weighted sum, or the reports themselves, or both.</summary>
/// <param name="coefficientOf">By client, the coefficient of its report; null: the aggregator is not linear, and there is no sum.</param>
internal sealed class CohortSum(Func<int, double>? coefficientOf)
{
    private readonly List<LocalModel> _reports = [];
    private WeightedSum? _sum;
    private bool _keepsReports;

    /// <summary>How many clients reported.</summary>
    public int Reported { get; private set; }

    /// <summary>Sum of the coefficients.</summary>
    public double Weight => _sum?.Weight ?? 0;

    /// <summary>The sum of coefficient times report; null where there is none.</summary>
    public ModelVector? Sum => _sum is null ? null : ModelVector.Of(_sum.Sum);

    /// <summary>The reports, where they are kept.</summary>
    public LocalModel[] Reports => [.. _reports];

    /// <summary>Begins a round.</summary>
    public void Begin(int parameterCount, bool wantsReports)
    {
        Reported = 0;
        _reports.Clear();
        _keepsReports = coefficientOf is null || wantsReports;
        _sum = coefficientOf is null ? null : new WeightedSum(parameterCount);
    }

    /// <summary>Takes a report; called in client order.</summary>
    public void Add(LocalModel report)
    {
        _sum?.Add(report.Model.Span, coefficientOf!(report.Client));
        Reported++;
        if (_keepsReports)
        {
            _reports.Add(report);
        }
        else
        {
            report.Model.Return();
        }
    }
}
