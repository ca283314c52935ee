using System.Numerics.Tensors;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Clients;

/// <summary>What a client makes of its local model before the server sees it.</summary>
internal static class Reporting
{
    /// <summary>w + gamma (w_H - w), edited by the strategy's reporter if it has one.</summary>
    /// <param name="global">w.</param>
    /// <param name="local">w_H. Used up: what comes back is it, or it goes back to the pool.</param>
    /// <param name="gamma">gamma.</param>
    /// <param name="reporter">Edits the report; null: nobody does.</param>
    /// <param name="seed">The game's.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="client">The client's index.</param>
    /// <param name="round">The round t, from 1.</param>
    /// <exception cref="InvalidActionException">The report is not finite.</exception>
    public static ModelVector Of(
        ModelVector global, ModelVector local, double gamma, IReporter? reporter, Seed seed, int episode, int client, int round)
    {
        if (gamma == 1 && reporter is null)
        {
            return local;
        }

        var report = reporter is null ? local : ModelVector.Rent(local.Length);
        var values = report.Writable.Span;
        if (gamma == 1)
        {
            local.Span.CopyTo(values);
        }
        else
        {
            TensorPrimitives.Subtract(local.Span, global.Span, values);
            TensorPrimitives.MultiplyAdd(values, (float)gamma, global.Span, values);
        }

        if (reporter is not null)
        {
            reporter.Report(
                new ReportView
                {
                    Client = client,
                    Round = round,
                    Global = global.Span,
                    Local = local.Span,
                    Seed = seed.For("report", episode, client, round),
                },
                values);
            local.Return();
        }

        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(values))
            ? report
            : throw new InvalidActionException("the reported model is not finite");
    }
}
