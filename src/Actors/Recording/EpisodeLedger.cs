using Akka.Actor;
using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>
/// How far every episode of a run is on its way into the record: open, as long as something of it is missing; then with the journal;
/// then recorded.
/// </summary>
internal sealed class EpisodeLedger(ExperimentPlan plan)
{
    /// <summary>Games go on while the journal is being written, as long as no more outcomes of clients than this wait for it.</summary>
    private const int MaxBehind = 100_000;

    private readonly Dictionary<int, OpenEpisode> _open = [];
    private readonly Dictionary<int, WithJournal> _journaling = [];
    private readonly Dictionary<int, EpisodeRecorded> _recorded = [];
    private readonly HashSet<int> _abandoned = [];
    private long _behind;
    private bool _isClosed;

    /// <summary>The numbers of the episodes that are recorded.</summary>
    public IReadOnlySet<int> Recorded => _recorded.Keys.ToHashSet();

    /// <summary>Whether no episode is with the journal.</summary>
    public bool IsSettled => _journaling.Count == 0;

    /// <summary>What a server is told whose episode is recorded; null where it is not.</summary>
    public EpisodeRecorded? Find(int game, int episode) => _recorded.GetValueOrDefault(NumberOf(game, episode));

    /// <summary>The episode, as far as it is known; null where it is complete, or nothing more is taken of it.</summary>
    public OpenEpisode? Open(int game, int episode)
    {
        int number = NumberOf(game, episode);
        if (_isClosed || IsComplete(number) || _abandoned.Contains(game))
        {
            return null;
        }

        if (!_open.TryGetValue(number, out var found))
        {
            _open[number] = found = new OpenEpisode(number);
        }

        return found;
    }

    /// <summary>No more episodes of a game will come: what is complete of it stays.</summary>
    /// <returns>The numbers of those that never will be recorded.</returns>
    public IReadOnlyList<int> Abandon(int game)
    {
        _abandoned.Add(game);
        var definition = plan.Game(game);
        int[] lost = [.. Enumerable.Range(definition.FirstEpisode, definition.Episodes).Where(episode => !IsComplete(episode))];
        foreach (int episode in lost)
        {
            _open.Remove(episode);
        }

        return lost;
    }

    /// <summary>The episode is complete, and goes to the journal.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="server">Who plays its game.</param>
    /// <param name="mayGoOn">Whether the game may go on before the episode is recorded.</param>
    /// <returns>Whether the game goes on at once.</returns>
    public bool HandOver(JournaledEpisode episode, IActorRef server, bool mayGoOn)
    {
        _open.Remove(episode.Number);
        _behind += episode.Clients;
        bool goesOn = mayGoOn && _behind <= MaxBehind;
        _journaling.Add(episode.Number, new WithJournal(server, goesOn));
        return goesOn;
    }

    /// <summary>The episode is recorded, now or by an earlier process.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="handedOver">Who waits for that; null where an earlier process recorded it.</param>
    /// <returns>False where it was recorded before.</returns>
    public bool Record(JournaledEpisode episode, out WithJournal? handedOver)
    {
        handedOver = null;
        if (!_recorded.TryAdd(episode.Number, episode.Recorded))
        {
            return false;
        }

        if (_journaling.Remove(episode.Number, out handedOver))
        {
            _behind -= episode.Clients;
        }

        return true;
    }

    /// <summary>What is not journalled by now never will be, and no more is taken.</summary>
    public void Close()
    {
        _isClosed = true;
        _journaling.Clear();
    }

    private bool IsComplete(int number) => _recorded.ContainsKey(number) || _journaling.ContainsKey(number);

    private int NumberOf(int game, int episode) => plan.Game(game).FirstEpisode + episode;

    /// <summary>An episode that is with the journal.</summary>
    /// <param name="Server">Who plays its game.</param>
    /// <param name="WentOn">Whether the game went on already.</param>
    internal sealed record WithJournal(IActorRef Server, bool WentOn);
}
