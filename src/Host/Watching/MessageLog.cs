using System.Globalization;
using System.Text.Json.Nodes;
using FLCrowd.Actors.Watching;

namespace FLCrowd.Host.Watching;

/// <summary>
/// The messages of some rounds of one game: of its first clients and cohorts, four rounds a second at most, and the newest rounds only.
/// Asked by many threads whether it wants a message, told by one at a time.
/// </summary>
/// <param name="clock">When messages came.</param>
internal sealed class MessageLog(TimeProvider clock)
{
    /// <summary>Clients whose messages are kept.</summary>
    public const int Clients = 10;

    /// <summary>Cohorts whose messages are kept.</summary>
    public const int Cohorts = 4;

    /// <summary>Rounds that are kept.</summary>
    public const int Rounds = 60;

    private const int MostMessages = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>A game that says nothing for so long is over.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly LinkedList<Round> _rounds = [];
    private long? _last;
    private long _heard;
    private volatile int _game = -1;

    /// <summary>Whether messages of a member are kept.</summary>
    public bool Wants(int game, Seat member)
    {
        int watched = _game;
        return (watched < 0 || game == watched) && member.Number < (member.Kind == SeatKind.Client ? Clients : Cohorts);
    }

    /// <summary>Keeps a message, where its round is one that is kept.</summary>
    public void Add(MessageSeen message)
    {
        if (_game < 0)
        {
            _game = message.Game;
        }

        _heard = clock.GetTimestamp();
        var round = _rounds.FirstOrDefault(
            known => known.Game == message.Game && known.Episode == message.Episode && known.Number == message.Round);
        if (round is null)
        {
            // What a round begins with comes from the server: a round that was passed over is not begun in its middle.
            bool begins = message.From.Kind == SeatKind.Server;
            bool isRare = message.Round is MessageSeen.Assigning or MessageSeen.Paying;
            if (!begins || (!isRare && _last is { } last && clock.GetElapsedTime(last) < Pause))
            {
                return;
            }

            round = new Round(message.Game, message.Episode, message.Round, clock.GetTimestamp());
            _last = isRare ? _last : round.Began;
            _rounds.AddFirst(round);
            if (_rounds.Count > Rounds)
            {
                _rounds.RemoveLast();
            }
        }

        if (round.Messages.Count < MostMessages)
        {
            round.Messages.Add((clock.GetElapsedTime(round.Began), message));
        }
    }

    /// <summary>A game goes on: it is the one to watch where the one that was watched does not.</summary>
    public void Follow(int game)
    {
        if (_game >= 0 && game != _game && clock.GetElapsedTime(_heard) > Silence)
        {
            (_game, _heard) = (game, clock.GetTimestamp());
        }
    }

    /// <summary>Other games are played from now on.</summary>
    public void Forget()
    {
        _rounds.Clear();
        _game = -1;
    }

    /// <summary>The list of rounds, and one of them.</summary>
    /// <param name="round">Its name; null: the newest round of training that is over.</param>
    public JsonObject ToJson(string? round)
    {
        var shown = _rounds.FirstOrDefault(known => known.Name == round)
            ?? _rounds.Skip(1).FirstOrDefault(known => known.Number is not (MessageSeen.Assigning or MessageSeen.Paying))
            ?? _rounds.FirstOrDefault();
        return new JsonObject
        {
            ["rounds"] = new JsonArray([.. _rounds.Select(known => new JsonObject
            {
                ["name"] = known.Name,
                ["game"] = known.Game,
                ["episode"] = known.Episode,
                ["round"] = known.Number == MessageSeen.Paying ? -1 : known.Number,
            })]),
            ["shown"] = shown?.Name,
            ["messages"] = shown is null ? new JsonArray() : new JsonArray([.. shown.Messages.Select(seen => new JsonObject
            {
                ["ms"] = Math.Round(seen.After.TotalMilliseconds, 3),
                ["from"] = Text(seen.Message.From),
                ["to"] = Text(seen.Message.To),
                ["name"] = seen.Message.Name,
                ["says"] = seen.Message.Says,
                ["hidden"] = seen.Message.IsHidden,
            })]),
        };
    }

    private static string Text(Seat seat) => seat.Kind is SeatKind.Cohort or SeatKind.Client
        ? string.Create(CultureInfo.InvariantCulture, $"{seat.Kind.ToString().ToLowerInvariant()} {seat.Number}")
        : seat.Kind.ToString().ToLowerInvariant();

    private sealed record Round(int Game, int Episode, int Number, long Began)
    {
        public string Name => string.Create(
            CultureInfo.InvariantCulture, $"{Game}.{Episode}.{(Number == MessageSeen.Paying ? "pay" : Number)}");

        public List<(TimeSpan After, MessageSeen Message)> Messages { get; } = [];
    }
}
