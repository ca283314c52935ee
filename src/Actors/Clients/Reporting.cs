using System.Numerics.Tensors;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Clients;

/// <summary>What a client makes of its local model before the server sees it.</summary>
internal static class Reporting
{
    /// <summary>w + gamma (w_H - w), edited by the strategy's reporter if it has one.</summary>
    /// <param name="models">The models of the round. w_H is used up: what comes back is it, or it goes back to the pool.</param>
    /// <param name="gamma">gamma.</param>
    /// <param name="reporter">Edits the report; null: nobody does.</param>
    /// <param name="round">Whose report, and of which round.</param>
    /// <exception cref="InvalidActionException">The report is not finite.</exception>
    public static ModelVector Of(RoundModels models, double gamma, IReporter? reporter, ReportedRound round)
    {
        var (global, local) = (models.Global, models.Local);
        if (gamma == 1 && reporter is null)
        {
            return local;
        }

        var report = reporter is null ? local : ModelVector.Rent(local.Length);
        var values = report.Writable.Span;
        Scale(global, local, gamma, values);
        if (reporter is not null)
        {
            reporter.Report(View(models, round), values);
            local.Return();
        }

        return float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(values))
            ? report
            : throw new InvalidActionException("the reported model is not finite");
    }

    /// <summary>Lets a strategy prepare what its reporter is going to be asked.</summary>
    public static Task Prepare(IPreparing preparing, RoundModels models, double gamma, ReportedRound round)
    {
        var report = ModelVector.Rent(models.Local.Length);
        try
        {
            Scale(models.Global, models.Local, gamma, report.Writable.Span);
            return preparing.PrepareReport(View(models, round), report.Span);
        }
        finally
        {
            report.Return();
        }
    }

    private static ReportView View(RoundModels models, ReportedRound round) => new()
    {
        Client = round.Client,
        Round = round.Round,
        Rounds = round.Rounds,
        Weight = round.Weight,
        Global = models.Global.Span,
        Previous = models.Previous is { } previous ? previous.Span : [],
        Local = models.Local.Span,
        Seed = round.Seed,
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

/// <summary>The models of a round in the hands of a client.</summary>
/// <param name="Global">w_{t-1}, from which it trained.</param>
/// <param name="Previous">w_{t-2}; null in the first round.</param>
/// <param name="Local">w_{t,H}, which it trained.</param>
internal readonly record struct RoundModels(ModelVector Global, ModelVector? Previous, ModelVector Local);

/// <summary>Whose report, and of which round.</summary>
/// <param name="Client">The client's index.</param>
/// <param name="Round">The round t, from 1, or the one that is replayed.</param>
/// <param name="Rounds">The rounds T of an episode.</param>
/// <param name="Weight">p_i.</param>
/// <param name="Seed">Draws of the client's reporter in this round.</param>
internal readonly record struct ReportedRound(int Client, int Round, int Rounds, double Weight, Seed Seed);
