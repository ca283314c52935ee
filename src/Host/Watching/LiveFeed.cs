using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Experiments;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Host.Watching;

/// <summary>
/// What is known of a run that is played in this process and stands in no table yet: how far it is, the rounds of episodes under way,
/// where cohorts are, and messages. All of it is bounded: what is newest replaces what is older, and nobody who plays waits for
/// anybody who looks.
/// </summary>
/// <param name="clock">For rates.</param>
internal sealed class LiveFeed(TimeProvider clock) : ISpectator, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Running> _running = [];
    private readonly Dictionary<int, string> _nodes = [];
    private readonly Queue<(long At, long Updates)> _pace = [];
    private readonly MessageLog _messages = new(clock);
    private readonly Traffic _traffic = new();
    private ExperimentPlan? _plan;
    private ExperimentProgress _progress;
    private string _doing = "";
    private long _start;
    private string _waiting = "";
    private bool _isOver;

    /// <summary>Where the run is played, as of now; empty: here.</summary>
    public Func<string> Place { get; set; } = () => "";

    /// <summary>Changes whenever there is something new.</summary>
    public long Version { get; private set; }

    /// <summary>The run does something else now.</summary>
    public void Say(string line) => Change(() => _doing = line);

    /// <summary>Games of a plan are played from now on.</summary>
    public void Begin(ExperimentPlan plan) => Change(() =>
    {
        (_plan, _progress, _start, _isOver) = (plan, default, clock.GetTimestamp(), false);
        _running.Clear();
        _nodes.Clear();
        _pace.Clear();
        _messages.Forget();
    });

    /// <summary>The run went on.</summary>
    public void Take(ExperimentProgress progress) => Change(() =>
    {
        _progress = progress;
        long now = clock.GetTimestamp();
        if (_pace.Count == 0 || clock.GetElapsedTime(_pace.Last().At, now).TotalMilliseconds >= 200)
        {
            _pace.Enqueue((now, progress.ClientUpdates));
            if (_pace.Count > 20)
            {
                _pace.Dequeue();
            }
        }
    });

    /// <summary>All games are played.</summary>
    public void End() => Change(() =>
    {
        _isOver = true;
        _running.Clear();
    });

    /// <inheritdoc/>
    public bool Wants(int game, Seat member) => _messages.Wants(game, member);

    /// <inheritdoc/>
    public void Message(MessageSeen message)
    {
        lock (_gate)
        {
            _messages.Add(message);
        }
    }

    /// <inheritdoc/>
    public void Tested(int game, int episode, int round, Evaluation evaluation) => Change(() =>
    {
        if (!_running.TryGetValue(game, out var running) || running.Episode != episode)
        {
            _running[game] = running = new Running(episode);
        }

        running.Rounds[round] = evaluation;
        _messages.Follow(game);
    });

    /// <inheritdoc/>
    public void Placed(int game, int cohort, string node) => Change(() => _nodes[cohort] = node);

    /// <inheritdoc/>
    public void AskedAgain(int game, string waiting) => Change(() => _waiting = $"game {game}: {waiting}");

    /// <summary>How far the run is, in a few words and numbers.</summary>
    public JsonObject Summary()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["doing"] = _doing,
                ["over"] = _isOver,
                ["rounds"] = _progress.RoundsDone,
                ["roundsPlanned"] = _plan?.Rounds ?? 0,
                ["episodesPlanned"] = _plan?.Episodes ?? 0,
                ["updates"] = _progress.ClientUpdates,
                ["pace"] = _isOver ? 0 : Pace(),
                ["seconds"] = _plan is null ? 0 : Math.Round(clock.GetElapsedTime(_start).TotalSeconds, 1),
                ["place"] = Place(),
                ["nodes"] = Nodes(),
                ["resent"] = _traffic.Resent,
                ["dropped"] = _traffic.Dropped,
                ["modelBytes"] = _traffic.ModelBytes,
                ["waiting"] = _waiting,
                ["running"] = new JsonArray([.. _running.OrderBy(game => game.Key).Take(64).Select(game => new JsonObject
                {
                    ["game"] = game.Key,
                    ["episode"] = game.Value.Episode,
                    ["round"] = game.Value.Rounds.Keys.Last(),
                })]),
            };
        }
    }

    /// <summary>The evaluated rounds of a game's episode under way, as <see cref="RunTail.Rounds"/> has them; null: there is
    /// none.</summary>
    public JsonArray? Rounds(int game)
    {
        lock (_gate)
        {
            return !_running.TryGetValue(game, out var running) ? null : new JsonArray([.. running.Rounds.Select(round => new JsonArray(
                round.Key, Number(round.Value.TrainingLoss), Number(round.Value.TestLoss), Number(round.Value.Accuracy)))]);
        }
    }

    /// <summary>The rounds whose messages are known, newest first, and the messages of one of them.</summary>
    /// <param name="round">As the list names it; null: the newest one that is over.</param>
    public JsonObject Messages(string? round)
    {
        lock (_gate)
        {
            return _messages.ToJson(round);
        }
    }

    /// <summary>By node, its cohorts.</summary>
    private JsonObject Nodes() => new(_nodes.GroupBy(cohort => cohort.Value).OrderBy(node => node.Key, StringComparer.Ordinal)
        .Select(node => KeyValuePair.Create(
            node.Key, (JsonNode?)new JsonArray([.. node.Select(cohort => cohort.Key).Order()]))));

    public void Dispose() => _traffic.Dispose();

    private double Pace()
    {
        if (_pace.Count < 2)
        {
            return 0;
        }

        var (first, last) = (_pace.Peek(), _pace.Last());
        return Math.Round((last.Updates - first.Updates) / Math.Max(1e-3, clock.GetElapsedTime(first.At, last.At).TotalSeconds));
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Version++;
        }
    }

    private static JsonValue? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>An episode under way.</summary>
    private sealed record Running(int Episode)
    {
        public SortedDictionary<int, Evaluation> Rounds { get; } = [];
    }
}
