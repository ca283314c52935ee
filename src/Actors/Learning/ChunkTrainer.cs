using System.Numerics.Tensors;
using Akka.Actor;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Learning;

/// <summary>
/// Trains a fixed group of consecutive clients of a cohort in one vectorised call, once all of them have asked for it. Runs on
/// the training dispatcher. It sees what the clients do, so it lives beside them and reports to nobody else.
/// </summary>
internal sealed class ChunkTrainer : UntypedActor
{
    private readonly HostedGame _game;
    private readonly ILearningModel _model;
    private readonly TrainingProtocol _protocol;
    private readonly string _name;
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);
    private readonly List<(TrainLocally Work, IActorRef Client)> _requests = [];
    private int _expected;

    public ChunkTrainer(HostedGame game)
    {
        _game = game;
        (_model, _protocol, _name) = (game.Model, game.Definition.Learning.Protocol, game.ModelName);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TrainLocally work:
                _game.Spectator.Saw(_game.Definition.Game, Seat.Client(work.Labels.Client), Seat.Trainer, work);
                _requests.Add((work, Sender));
                TrainIfComplete();
                break;
            case ExpectClients expect:
                _expected = expect.Count;
                _requests.Clear();
                break;
            case ClientGone gone:
                _requests.RemoveAll(request => request.Work.Labels.Client == gone.Client);
                _expected--;
                TrainIfComplete();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TrainIfComplete()
    {
        if (_requests.Count > 0 && _requests.Count == _expected)
        {
            Train();
            _requests.Clear();
        }
    }

    private void Train()
    {
        _requests.Sort((a, b) => a.Work.Labels.Client.CompareTo(b.Work.Labels.Client));
        var locals = _requests.ConvertAll(_ => ModelVector.Rent(_model.ParameterCount));
        var tasks = new LocalTask[_requests.Count];
        for (int i = 0; i < tasks.Length; i++)
        {
            var work = _requests[i].Work;
            tasks[i] = new LocalTask { Labels = work.Labels, BatchSize = work.BatchSize, Seed = work.Seed, Local = locals[i].Writable };
        }

        // Who fails must not depend on who is in the same chunk.
        var first = _requests[0].Work;
        var protocol = _protocol.InRound(Replays.StepOf(first.Round, _protocol));
        bool failed = TryTrain(first.Global, protocol, tasks) is not null;
        for (int i = 0; i < tasks.Length; i++)
        {
            var failure = (failed ? TryTrain(first.Global, protocol, [tasks[i]]) : null) ?? Divergence(locals[i].Span, protocol);
            if (failure is null)
            {
                _metrics.Trained();
            }

            _requests[i].Client.Tell(new Trained(_requests[i].Work, locals[i], failure));
        }
    }

    private string? TryTrain(ModelVector global, TrainingProtocol protocol, LocalTask[] tasks)
    {
        try
        {
            _model.Train(global.Span, protocol, tasks);
            return null;
        }
        catch (Exception e)
        {
            return $"{_name} failed to train: {e.Message}";
        }
    }

    /// <summary>A sum of magnitudes is finite only if every entry is, or nearly so large as to be lost anyway.</summary>
    private static string? Divergence(ReadOnlySpan<float> local, TrainingProtocol protocol) =>
        float.IsFinite(TensorPrimitives.SumOfMagnitudes(local))
        ? null
        : $"its local model diverged (not finite any more) at step size {protocol.StepSize}; a smaller learning.step-size may help";
}

/// <summary>How many clients of the chunk will ask for training in each round from now on. Local.</summary>
internal sealed record ExpectClients(int Count) : INoSerializationVerificationNeeded;

/// <summary>A client of the chunk will ask for nothing any more. Local.</summary>
internal sealed record ClientGone(int Client) : INoSerializationVerificationNeeded;

/// <summary>A client's work of one round, with the global model that it got and the one before, where there is one. Local: it says what
/// the client really does.</summary>
internal sealed record TrainLocally(
    int Episode, int Round, ModelVector Global, ModelVector? Previous, ClientLabels Labels, int BatchSize, Seed Seed)
    : IWatched, INoSerializationVerificationNeeded
{
    string IWatched.Says => $"w, its labels, D = {BatchSize}";
}

/// <summary>What a client trained. Local.</summary>
/// <param name="Work">What it asked for: the very object, by which it knows whether it still waits for that.</param>
/// <param name="Local">w_H, in a rented vector that is now the client's.</param>
/// <param name="Failure">Why there is none; null where there is.</param>
internal sealed record Trained(TrainLocally Work, ModelVector Local, string? Failure) : IWatched, INoSerializationVerificationNeeded
{
    int IWatched.Episode => Work.Episode;

    int IWatched.Round => Work.Round;

    string IWatched.Says => Failure ?? "w_H, as trained";
}
