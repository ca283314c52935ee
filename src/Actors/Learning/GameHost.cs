using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Actors.Learning;

/// <summary>
/// Holds the games that a node takes part in: one model per game and one copy of a data set per node, for as long as somebody
/// on the node uses them. Runs on the training dispatcher, since loading is heavy.
/// </summary>
internal sealed class GameHost : ReceiveActor, IWithTimers
{
    private readonly PluginCatalog _catalog;
    private readonly TimeSpan _askAgainAfter;
    private readonly bool _comparesData = ((ExtendedActorSystem)Context.System).Provider is IClusterActorRefProvider;
    private readonly Dictionary<(IActorRef Experiment, int Game), Entry> _games = [];

    public GameHost(PluginCatalog catalog)
        : this(catalog, TimeSpan.FromSeconds(5))
    {
    }

    /// <param name="catalog">All plug-ins.</param>
    /// <param name="askAgainAfter">Wait for a game's description before it is asked for again.</param>
    public GameHost(PluginCatalog catalog, TimeSpan askAgainAfter)
    {
        _askAgainAfter = askAgainAfter;
        _catalog = catalog;
        Receive<OpenGame>(open => Open(open.Game, open.Experiment, open));
        Receive<OpenModel>(open => Open(open.Game, open.Experiment, open));
        Receive<GameDescription>(description => Host(description.Definition));
        Receive<AskAgain>(_ => Ask());
        Receive<Terminated>(terminated => Release(terminated.ActorRef));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("ask", AskAgain.Instance, _askAgainAfter);

    protected override void PostStop()
    {
        foreach (var entry in _games.Values)
        {
            Close(entry);
        }
    }

    private void Open(int game, IActorRef experiment, object request)
    {
        Context.Watch(Sender);
        if (!_games.TryGetValue((experiment, game), out var entry))
        {
            _games[(experiment, game)] = entry = new Entry();
        }

        entry.Users.Add(Sender);
        if (entry.Game is not null)
        {
            Answer(entry.Game, request, Sender);
        }
        else
        {
            entry.Waiting.Add((request, Sender));
            experiment.Tell(new DescribeGame(game));
        }
    }

    /// <summary>Asks again for the games that somebody waits for: the message, or its answer, may have been lost.</summary>
    private void Ask()
    {
        foreach (var ((experiment, game), _) in _games.Where(entry => entry.Value.Waiting.Count > 0))
        {
            experiment.Tell(new DescribeGame(game));
        }
    }

    private void Host(GameDefinition definition)
    {
        if (!_games.TryGetValue((Sender, definition.Game), out var entry) || entry.Game is not null)
        {
            return;
        }

        try
        {
            var crowd = new Crowd(definition.Crowd);
            DataSet? data = null;
            var setup = LearningParts.SetupOf(definition, crowd, _catalog, loaded => data = loaded);

            // The model last: nothing can fail any more once it holds its memory.
            var aggregator = LearningParts.CreateAggregator(_catalog, definition.Learning.Aggregator, crowd);
            entry.Game = new HostedGame(
                definition, crowd, LearningParts.CreateModel(_catalog, definition.Learning.Model, setup), aggregator)
            {
                ModelName = _catalog.Describe(PluginKind.Model, definition.Learning.Model.Name),
                Data = data is not null && _comparesData ? DataChecksum.Of(data) : null,
                Spectator = Spectators.Of(Context.System),
            };
            entry.Waiting.ForEach(waiting => Answer(entry.Game, waiting.Request, waiting.Asker));
        }
        catch (Exception e)
        {
            var failed = new OpenFailed(e.Message, e is SettingException);
            entry.Waiting.ForEach(waiting => waiting.Asker.Tell(failed));
        }

        entry.Waiting.Clear();
    }

    private static void Answer(HostedGame game, object request, IActorRef asker) => asker.Tell(request switch
    {
        OpenGame { Data: { } data } when game.Data is not null && game.Data != data =>
            new OpenFailed($"its data are {game.Data}, those of the server are {data}", IsBadInput: true),
        OpenGame => new GameOpened(game),
        _ => new ModelOpened(game.Model, game.Data),
    });

    private void Release(IActorRef user)
    {
        foreach (var (key, entry) in _games.Where(game => game.Value.Users.Remove(user) && game.Value.Users.Count == 0).ToList())
        {
            _games.Remove(key);
            Close(entry);
        }
    }

    /// <summary>A plug-in's model that cannot be disposed must not take the other games' models with it.</summary>
    private static void Close(Entry entry)
    {
        try
        {
            entry.Game?.Model.Dispose();
        }
        catch (Exception e)
        {
            Context.GetLogger().Error(e, "The model of game {0} could not be disposed", entry.Game!.Definition.Game);
        }
    }

    private sealed class Entry
    {
        public HashSet<IActorRef> Users { get; } = [];

        public List<(object Request, IActorRef Asker)> Waiting { get; } = [];

        public HostedGame? Game { get; set; }
    }

    private sealed record AskAgain : INoSerializationVerificationNeeded
    {
        public static readonly AskAgain Instance = new();
    }
}
