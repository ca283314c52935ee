using Akka.Actor;
using FLCrowd.Actors.Metrics;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Broadcast;

/// <summary>
/// Holds, for every game that the node's cohorts play, the global model of the current round: it crosses the network once, and all
/// cohorts of the node get the same object.
/// </summary>
internal sealed class ModelCache : ReceiveActor
{
    private readonly NodeMetrics _metrics = NodeMetrics.Of(Context.System);
    private readonly Dictionary<IActorRef, Entry> _entries = [];

    public ModelCache()
    {
        Receive<TakeModel>(Take);
        Receive<RoundModel>(Put);
        Receive<Terminated>(terminated => _entries.Remove(terminated.ActorRef));
    }

    private void Take(TakeModel take)
    {
        var begin = take.Begin;
        bool isNew = !_entries.TryGetValue(begin.Models, out var entry);
        if (isNew)
        {
            _entries[begin.Models] = entry = new Entry();
            Context.Watch(begin.Models);
        }

        if (entry!.Model is { } model && (model.Episode, model.Round) == (begin.Episode, begin.Round))
        {
            Hand(take, model, Sender);
            return;
        }

        // Once asked, the server sends models unasked; a cohort that asks twice says that one was lost.
        bool asksAgain = !entry.Waiting.TryAdd(Sender, take) && entry.Waiting[Sender].Begin.Round == begin.Round;
        entry.Waiting[Sender] = take;
        if (asksAgain)
        {
            _metrics.Resent(1);
        }

        if (isNew || asksAgain)
        {
            begin.Models.Tell(new RequestModel(begin.Episode, begin.Round));
        }
    }

    private void Put(RoundModel model)
    {
        if (!_entries.TryGetValue(Sender, out var entry))
        {
            return;
        }

        if (model.Follows)
        {
            if ((entry.Model?.Episode, entry.Model?.Round) != (model.Episode, model.Round - 1))
            {
                Sender.Tell(new RequestModel(model.Episode, model.Round)); // the one before was lost
                return;
            }

            model = model with { Previous = entry.Model!.Model };
        }

        entry.Model = model;
        foreach (var (cohort, take) in entry.Waiting.Where(waiting =>
            (waiting.Value.Begin.Episode, waiting.Value.Begin.Round) == (model.Episode, model.Round)).ToList())
        {
            entry.Waiting.Remove(cohort);
            Hand(take, model, cohort);
        }
    }

    private static void Hand(TakeModel take, RoundModel model, IActorRef cohort)
    {
        var begin = take.Begin;
        cohort.Tell(
            new GlobalModel(
                begin.Game,
                begin.Cohort,
                begin.Episode,
                begin.Round,
                model.Model,
                begin.Without,
                begin.WantsReports,
                begin.Run,
                begin.Excluded,
                model.Previous),
            take.Server);
    }

    private sealed class Entry
    {
        public RoundModel? Model { get; set; }

        public Dictionary<IActorRef, TakeModel> Waiting { get; } = [];
    }
}

/// <summary>A cohort takes the model of a round that begins. Local.</summary>
/// <param name="Begin">The round.</param>
/// <param name="Server">Who began it; the cohort gets the model from this name.</param>
internal sealed record TakeModel(BeginRound Begin, IActorRef Server) : INoSerializationVerificationNeeded;
