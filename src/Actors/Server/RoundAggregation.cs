using System.Numerics.Tensors;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>Puts the cohorts' updates of a round together, in cohort order.</summary>
internal sealed class RoundAggregation(GameContext game)
{
    private readonly GameRules _rules = game.Rules;
    private readonly WeightedSum _sum = new(game.Model.ParameterCount);
    private List<ReportedModel> _reports = [];
    private List<ModelVector> _vectors = [];

    /// <summary>The reports of the round, in client order, where cohorts sent them.</summary>
    public IReadOnlyList<ReportedModel> Reports => _reports;

    /// <summary>The vectors that the reports are in.</summary>
    public IReadOnlyList<ModelVector> Vectors => _vectors;

    /// <summary>What makes the global model of the round's reports: the game's aggregator, or where reports stand for others that are not
    /// heard, its unbiased form.</summary>
    public IAggregator Aggregator { get; private set; } = game.Aggregator;

    /// <summary>How many clients reported in this round.</summary>
    public int Reported { get; private set; }

    /// <summary>Begins a round.</summary>
    /// <param name="excluded">The clients that failed.</param>
    /// <param name="without">The client that a replay leaves out.</param>
    public void Begin(Exclusions excluded, int? without)
    {
        if (game.Participation.IsUnbiased)
        {
            var linear = (ILinearAggregator)game.Aggregator;
            double total = Enumerable.Range(0, _rules.Layout.Clients)
                .Where(client => client != without && !excluded.Contains(client))
                .Sum(client => linear.Coefficient(_rules.Weights[client]));
            Aggregator = new UnbiasedMean(linear, game.Participation, total);
        }

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
            new ReportedModel { Client = report.Client, Weight = _rules.Weights[report.Client], Model = report.Model.Memory }));
        _vectors.AddRange(update.Reports.Select(report => report.Model));
    }

    /// <summary>Computes w_t; without any report, in the replay that leaves the last client out, it is w_{t-1}.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="round">The round.</param>
    /// <param name="model">w_{t-1}.</param>
    /// <param name="previous">w_{t-2}; null where there is none.</param>
    /// <param name="next">Takes w_t.</param>
    /// <returns>What went wrong, or null.</returns>
    public string? Finish(int episode, int round, ModelVector model, ModelVector? previous, Span<float> next)
    {
        var global = model.Span;
        try
        {
            if (Reported == 0)
            {
                global.CopyTo(next);
            }
            else if (Aggregator is UnbiasedMean unbiased)
            {
                unbiased.Finish(global, _sum, next);
            }
            else if (Aggregator is ILinearAggregator)
            {
                _sum.WriteMean(next);
            }
            else
            {
                Aggregator.Aggregate(global, _reports, next);
            }
        }
        catch (Exception e)
        {
            return $"{_rules.Names.Aggregator} failed in round {round} of episode {episode}: {e.Message}";
        }

        if (previous is not null && _rules.Protocol.Momentum is > 0 and var momentum)
        {
            TensorPrimitives.MultiplyAdd(global, (float)momentum, next, next);
            TensorPrimitives.MultiplyAdd(previous.Span, (float)-momentum, next, next);
        }

        // Otherwise the clients would be blamed for it in the next round.
        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(next))
            ? null
            : $"{_rules.Names.Aggregator} made a model that is not finite in round {round} of episode {episode}; "
                + "where reports are huge, a smaller learning.step-size may help";
    }
}
