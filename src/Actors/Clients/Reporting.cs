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
        Scale(global, local, gamma, values);
        if (reporter is not null)
        {
            reporter.Report(View(global, local, seed, episode, client, round), values);
            local.Return();
        }

        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(values))
            ? report
            : throw new InvalidActionException("the reported model is not finite");
    }

    /// <summary>Lets a strategy prepare what its reporter is going to be asked.</summary>
    public static Task Prepare(
        IPreparing preparing, ModelVector global, ModelVector local, double gamma, Seed seed, int episode, int client, int round)
    {
        var report = ModelVector.Rent(local.Length);
        try
        {
            Scale(global, local, gamma, report.Writable.Span);
            return preparing.PrepareReport(View(global, local, seed, episode, client, round), report.Span);
        }
        finally
        {
            report.Return();
        }
    }

    private static ReportView View(ModelVector global, ModelVector local, Seed seed, int episode, int client, int round) => new()
    {
        Client = client,
        Round = round,
        Global = global.Span,
        Local = local.Span,
        Seed = seed.For("report", episode, client, round),
    };

    /// <summary>w + gamma (w_H - w); writing over w_H is possible.</summary>
    private static void Scale(ModelVector global, ModelVector local, double gamma, Span<float> report)
    {
        if (gamma == 1)
        {
            local.Span.CopyTo(report);
            return;
        }

        TensorPrimitives.Subtract(local.Span, global.Span, report);
        TensorPrimitives.MultiplyAdd(report, (float)gamma, global.Span, report);
    }
}
