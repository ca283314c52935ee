using Akka.Actor;
using Akka.Cluster;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Broadcast;

/// <summary>
/// Stands between a server and cohorts on other nodes: sends each cohort a small <see cref="BeginRound"/>, and the model once to the cache
/// of every node that has asked for one before. Its answers come from the server's name, which is its parent.
/// </summary>
internal sealed class ModelFanOut : ReceiveActor
{
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);

    /// <summary>By cache, the round whose model it was sent last; null: it asked, and may have lost it.</summary>
    private readonly Dictionary<IActorRef, (int Episode, int Round)?> _caches = [];
    private RoundModel? _current;

    public ModelFanOut(IActorRef cohorts)
    {
        Receive<GlobalModel>(message =>
        {
            Publish(message);
            cohorts.Tell(
                new BeginRound(
                    message.Game,
                    message.Cohort,
                    message.Episode,
                    message.Round,
                    Self,
                    message.Without,
                    message.WantsReports,
                    message.Run,
                    message.Excluded),
                Context.Parent);
        });
        Receive<RequestModel>(request =>
        {
            Context.Watch(Sender);
            _caches[Sender] = null;

            // A request for a round that is over is of a cohort that is late itself.
            if (_current is { } model && (model.Episode, model.Round) == (request.Episode, request.Round))
            {
                Send(model, Sender);
            }
        });
        Receive<Terminated>(terminated => _caches.Remove(terminated.ActorRef));
    }

    /// <summary>Where a server's global models go: in one process to the cohorts themselves, as objects.</summary>
    public static IActorRef Of(IUntypedActorContext server, IActorRef cohorts) =>
        ((ExtendedActorSystem)server.System).Provider is IClusterActorRefProvider
            ? server.ActorOf(Props.Create(() => new ModelFanOut(cohorts)), "models")
            : cohorts;

    private void Publish(GlobalModel message)
    {
        if ((_current?.Episode, _current?.Round) == (message.Episode, message.Round))
        {
            return;
        }

        _current = new RoundModel(message.Episode, message.Round, message.Model, message.Previous);
        foreach (var cache in _caches.Keys.ToList())
        {
            Send(_current, cache);
        }
    }

    private void Send(RoundModel model, IActorRef cache)
    {
        if (model.Previous is not null && _caches[cache] == (model.Episode, model.Round - 1))
        {
            model = model with { Previous = null, Follows = true };
        }

        _caches[cache] = (model.Episode, model.Round);
        if (_metrics.CountsModelsTo(cache))
        {
            _metrics.ModelsSent(model.Model.Length + (model.Previous?.Length ?? 0));
        }

        cache.Tell(model);
    }
}
