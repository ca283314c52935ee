using System.Numerics.Tensors;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>Puts the cohorts' updates of a round together, in cohort order.</summary>
internal sealed class RoundAggregation(GameRules rules, IAggregator aggregator, int parameterCount)
{
    private readonly WeightedSum _sum = new(parameterCount);
    private readonly List<ReportedModel> _reports = [];

    /// <summary>How many clients reported in this round.</summary>
    public int Reported { get; private set; }

    public void Begin()
    {
        _sum.Clear();
        _reports.Clear();
        Reported = 0;
    }

    public void Add(CohortUpdate update)
    {
        Reported += update.Reported;
        if (update.Sum is not null)
        {
            _sum.AddPartial(update.Sum.Span, update.Weight);
        }

        _reports.AddRange(update.Reports.Select(report =>
            new ReportedModel(report.Client, rules.Weights[report.Client], report.Model.Memory)));
    }

    /// <summary>Computes w_t.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Finish(int episode, int round, ReadOnlySpan<float> global, Span<float> next)
    {
        try
        {
            if (aggregator is ILinearAggregator)
            {
                _sum.WriteMean(next);
            }
            else
            {
                aggregator.Aggregate(global, _reports, next);
            }
        }
        catch (Exception e)
        {
            return $"the aggregator '{rules.Aggregator.Name}' failed in round {round} of episode {episode}: {e.Message}";
        }

        // Otherwise the clients would be blamed for it in the next round.
        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(next))
            ? null
            : $"the aggregator '{rules.Aggregator.Name}' made a model that is not finite in round {round} of episode {episode}; "
                + "where reports are huge, a smaller learning.step-size may help";
    }
}
