using System.Collections;
using System.Collections.Concurrent;

namespace FLCrowd.Actors.Definitions;

/// <summary>
/// Who takes part in which round: a pure function of the game, the same on every node and after every kill. Replays repeat the rounds of
/// their episode. Several threads may call at once.
/// </summary>
internal sealed class Participation
{
    private readonly ParticipationSettings? _settings;
    private readonly int _rounds;
    private readonly int _clients;
    private readonly Seed _draws;
    private readonly double[]? _rates;
    private readonly ILookup<int, AttendedRounds>? _schedule;
    private readonly ConcurrentDictionary<int, Lazy<BitArray[]>> _episodes = new();

    private Participation(ParticipationSettings? settings, int rounds, Seed draws, IReadOnlyList<int>? samples, int clients)
    {
        (_settings, _rounds, _clients) = (settings, rounds, clients);
        _draws = draws.For("participation");
        _schedule = settings?.Schedule?.ToLookup(entry => entry.Client);
        _rates = settings is { IsBySamples: true } ? Proportional(samples!, settings.Count ?? settings.Rate * clients) : null;
    }

    /// <param name="game">The game.</param>
    /// <param name="model">Its model, which knows how many samples clients hold.</param>
    /// <exception cref="SettingException">Clients are to be asked by their samples and have none.</exception>
    public static Participation Of(GameDefinition game, ILearningModel model)
    {
        var settings = game.Learning.Participation;
        int clients = game.Crowd.Clients;
        int[]? samples = settings is { IsBySamples: true }
            ? [.. Enumerable.Range(0, clients).Select(model.SampleCount)]
            : null;
        return samples is null || samples.All(count => count > 0)
            ? new Participation(settings, game.Learning.Protocol.Rounds, new Seed(game.DrawSeed ?? game.Seed), samples, clients)
            : throw new SettingException(
                "learning.participation.by",
                $"is samples, but with the model '{game.Learning.Model.Name}' client {Array.IndexOf(samples, 0)} has none; "
                + "must be uniform");
    }

    /// <summary>Whether all clients take part in all rounds, and are heard.</summary>
    public bool IsFull => _settings is null;

    /// <summary>Whether reports are weighted by p_i / q_i.</summary>
    public bool IsUnbiased => _settings is { IsUnbiased: true };

    /// <summary>The share of rounds in which a client is asked: the probability of each, or what its schedule says; in [0, 1].</summary>
    public double RateOf(int client) => _settings switch
    {
        null => 1,
        { Schedule: not null } => (double)Asked(0, client) / _rounds,
        _ when _rates is not null => _rates[client],
        { Count: { } count } => (double)count / _clients,
        { Rate: var rate } => rate,
    };

    /// <summary>q_i: the probability that a client is heard in a round.</summary>
    public double HeardRateOf(int client) => RateOf(client) * (1 - DropOutOf(client));

    /// <summary>The coefficient of a client's report in the sum: the aggregator's, or where reports stand for others, that over
    /// q_i.</summary>
    public double Coefficient(ILinearAggregator linear, int client, double weight) =>
        IsUnbiased ? linear.Coefficient(weight) / HeardRateOf(client) : linear.Coefficient(weight);

    /// <summary>Whether the server asks a client in a round: it trains then, and pays for it.</summary>
    /// <param name="episode">The episode within the game.</param>
    /// <param name="round">The round t, from 1 to T.</param>
    /// <param name="client">The client.</param>
    public bool IsAsked(int episode, int round, int client) => _settings switch
    {
        null => true,
        { Schedule: not null } => !_schedule!.Contains(client) || _schedule[client].Any(entry => entry.From <= round && round <= entry.To),
        { Count: not null, IsBySamples: true } => Drawn(episode)[round - 1][client],
        { Count: { } count } => new Shuffle(_draws.For("count", episode, round), _clients).PositionOf(client) < count,
        _ => _draws.For("asked", episode, round).Uniform(client) < RateOf(client),
    };

    /// <summary>Whether the server hears from a client in a round, unless it fails.</summary>
    /// <inheritdoc cref="IsAsked"/>
    public bool IsHeard(int episode, int round, int client) => IsAsked(episode, round, client)
        && (DropOutOf(client) is 0 || _draws.For("drop-out", episode, round).Uniform(client) >= DropOutOf(client));

    /// <summary>Whether a client that is asked in a round comes, as it chose to attend a share of them.</summary>
    /// <param name="episode">The episode within the game.</param>
    /// <param name="round">The round t, from 1 to T.</param>
    /// <param name="client">The client.</param>
    /// <param name="attendance">The share, in [0, 1] (<see cref="ClientAction.Attendance"/>).</param>
    public bool Attends(int episode, int round, int client, double attendance) =>
        attendance >= 1 || _draws.For("attendance", episode, round).Uniform(client) < attendance;

    /// <summary>In how many rounds of an episode a client trains, unless it fails: it is asked, and comes.</summary>
    public int Attended(int episode, int client, double attendance) => attendance >= 1
        ? Asked(episode, client)
        : Enumerable.Range(1, _rounds).Count(round => Attends(episode, round, client, attendance) && IsAsked(episode, round, client));

    /// <summary>In how many rounds of an episode a client is asked.</summary>
    public int Asked(int episode, int client) =>
        IsFull ? _rounds : Enumerable.Range(1, _rounds).Count(round => IsAsked(episode, round, client));

    /// <summary>In how many rounds of an episode a client is heard, unless it fails.</summary>
    public int Heard(int episode, int client) =>
        IsFull ? _rounds : Enumerable.Range(1, _rounds).Count(round => IsHeard(episode, round, client));

    private double DropOutOf(int client) => _settings?.DropOut switch
    {
        null or [] => 0,
        [var all] => all,
        var each => each[client],
    };

    /// <summary>The rounds of an episode, where who is asked is not known from each client alone; of the last episodes only.</summary>
    private BitArray[] Drawn(int episode)
    {
        foreach (int past in _episodes.Keys.Where(other => other < episode - 1))
        {
            _episodes.TryRemove(past, out _);
        }

        return _episodes.GetOrAdd(episode, key => new Lazy<BitArray[]>(
            () => [.. Enumerable.Range(1, _rounds).Select(round => Systematic(_draws.For("count", key, round)))])).Value;
    }

    /// <summary>
    /// As many clients as were asked for, each with its own probability: in a random order, those in whose share of the line one of the
    /// points u, u + 1, u + 2, ... lies (W. Madow, On the Theory of Systematic Sampling, II, 1949).
    /// </summary>
    private BitArray Systematic(Seed seed)
    {
        int[] order = new int[_clients];
        var shuffle = new Shuffle(seed, _clients);
        for (int client = 0; client < _clients; client++)
        {
            order[shuffle.PositionOf(client)] = client;
        }

        var asked = new BitArray(_clients);
        double start = seed.For("start").Uniform(0), upTo = 0;
        for (int position = 0; position < _clients; position++)
        {
            double before = upTo;
            upTo = position == _clients - 1 ? _settings!.Count!.Value : upTo + _rates![order[position]];
            asked[order[position]] = Math.Ceiling(upTo - start) > Math.Ceiling(before - start);
        }

        return asked;
    }

    /// <summary>Probabilities in proportion to sizes, none above 1, that add up to a number of clients.</summary>
    private static double[] Proportional(IReadOnlyList<int> sizes, double total)
    {
        var rates = new double[sizes.Count];
        var open = Enumerable.Range(0, sizes.Count).ToList();
        while (open.Count > 0)
        {
            double scale = (total - (sizes.Count - open.Count)) / open.Sum(client => (double)sizes[client]);
            var certain = open.Where(client => sizes[client] * scale >= 1).ToHashSet();
            open.ForEach(client => rates[client] = Math.Min(1, sizes[client] * scale));
            if (certain.Count == 0)
            {
                break;
            }

            open.RemoveAll(certain.Contains);
        }

        return rates;
    }
}
