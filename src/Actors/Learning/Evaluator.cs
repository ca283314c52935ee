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
            Sender.Tell(new Evaluated(job.Episode, job.Round, job.Model.Evaluate(parameters), sampleLoss));
        }
        catch (Exception e)
        {
            Sender.Tell(new EvaluationFailed(job.Episode, job.Round, e.Message));
        }
    });
}

/// <summary>Asks for the quality of a global model, and for its loss on one test sample where that is not null. Local.</summary>
internal sealed record Evaluate(int Episode, int Round, ILearningModel Model, ModelVector Parameters, int? Sample)
    : INoSerializationVerificationNeeded;

/// <summary>The quality of the global model after a round. Local.</summary>
internal sealed record Evaluated(int Episode, int Round, Evaluation Evaluation, double? SampleLoss) : INoSerializationVerificationNeeded;

/// <summary>The model could not be tested. Local.</summary>
internal sealed record EvaluationFailed(int Episode, int Round, string Reason) : INoSerializationVerificationNeeded;
