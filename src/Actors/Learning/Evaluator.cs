using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Learning;

/// <summary>Tests global models, beside the training of the next round. One of a pool on the training dispatcher.</summary>
internal sealed class Evaluator : ReceiveActor
{
    public Evaluator() => Receive<Evaluate>(job =>
    {
        try
        {
            var parameters = job.Parameters.Span;
            double? sampleLoss = job.Sample is { } sample ? ((ISampleLoss)job.Model).TestLoss(parameters, sample) : null;
            var (evaluation, classes) = job.CountsClasses ? Count(job.Model, parameters) : (job.Model.Evaluate(parameters), null);
            double? objective = job.AddsPenalty ? evaluation.TestLoss + ((IRegularized)job.Model).Penalty(parameters) : null;
            Sender.Tell(new Evaluated(job.Episode, job.Round, evaluation, sampleLoss ?? objective, classes));
        }
        catch (Exception e)
        {
            Sender.Tell(new EvaluationFailed(job.Episode, job.Round, e.Message));
        }
    });

    private static (Evaluation Evaluation, TestedClass[] Classes) Count(ILearningModel model, ReadOnlySpan<float> parameters)
    {
        var counting = (IConfusionMatrix)model;
        var matrix = new int[model.ClassCount * model.ClassCount];
        return (counting.Evaluate(parameters, matrix), TestedClass.Of(matrix, counting.ClassNames));
    }
}

/// <summary>
/// Asks for the quality of a global model, for its loss on one test sample where that is not null, and for how well it knows each class
/// where that is to be counted. Local.
/// </summary>
internal sealed record Evaluate(int Episode, int Round, ILearningModel Model, ModelVector Parameters, int? Sample, bool CountsClasses)
    : INoSerializationVerificationNeeded
{
    /// <summary>Whether its test loss with what training adds is asked for, too.</summary>
    public bool AddsPenalty { get; init; }
}

/// <summary>The quality of the global model after a round, and the loss that was asked for besides. Local.</summary>
internal sealed record Evaluated(int Episode, int Round, Evaluation Evaluation, double? PaidLoss, TestedClass[]? Classes)
    : INoSerializationVerificationNeeded;

/// <summary>The model could not be tested. Local.</summary>
internal sealed record EvaluationFailed(int Episode, int Round, string Reason) : INoSerializationVerificationNeeded;
