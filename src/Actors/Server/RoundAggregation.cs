using System.Numerics.Tensors;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>Puts the cohorts' updates of a round together, in cohort order.</summary>
internal sealed class RoundAggregation(GameRules rules, IAggregator aggregator, int parameterCount)
{
    private readonly WeightedSum _sum = new(parameterCount);
    private List<ReportedModel> _reports = [];
    private List<ModelVector> _vectors = [];

    /// <summary>The reports of the round, in client order, where cohorts sent them.</summary>
    public IReadOnlyList<ReportedModel> Reports => _reports;

    /// <summary>The vectors that the reports are in.</summary>
    public IReadOnlyList<ModelVector> Vectors => _vectors;

    /// <summary>How many clients reported in this round.</summary>
    public int Reported { get; private set; }

    public void Begin()
    {
        _sum.Clear();

        // Somebody may still be reading the last round's.
        (_reports, _vectors) = ([], []);
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
            new ReportedModel { Client = report.Client, Weight = rules.Weights[report.Client], Model = report.Model.Memory }));
        _vectors.AddRange(update.Reports.Select(report => report.Model));
    }

    /// <summary>Computes w_t; without any report, in the replay that leaves the last client out, it is w_{t-1}.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Finish(int episode, int round, ReadOnlySpan<float> global, Span<float> next)
    {
        try
        {
            if (Reported == 0)
            {
                global.CopyTo(next);
            }
            else if (aggregator is ILinearAggregator)
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
            return $"{rules.Names.Aggregator} failed in round {round} of episode {episode}: {e.Message}";
        }

        // Otherwise the clients would be blamed for it in the next round.
        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(next))
            ? null
            : $"{rules.Names.Aggregator} made a model that is not finite in round {round} of episode {episode}; "
                + "where reports are huge, a smaller learning.step-size may help";
    }
}
