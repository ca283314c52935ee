using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Server;

/// <summary>Where the server deals with the game's mechanism, and finds out what a plug-in's code can do wrong there.</summary>
internal sealed class MechanismDesk(GameRules rules, IIncentiveMechanism mechanism, IReadOnlyList<ClientProfile> profiles)
{
    private readonly string _name = rules.Names.Mechanism;
    private HashSet<int> _observed = [];

    /// <summary>What was announced for the episode, in client order.</summary>
    public IReadOnlyList<Assignment> Assignments { get; private set; } = [];

    /// <summary>The clients for which the episode is to be replayed, in order.</summary>
    public IReadOnlyList<int> LeftOut { get; private set; } = [];

    /// <summary>The mechanism, where it looks at the reports of rounds.</summary>
    public IReportMechanism? Observer { get; } = mechanism as IReportMechanism;

    /// <summary>Whether the mechanism pays by the final model alone, however the rounds before went.</summary>
    public bool ForgetsRounds => mechanism is not (IReportMechanism or IReplayMechanism);

    /// <summary>Whether the mechanism is to see a round's reports.</summary>
    public bool Observes(int round) => _observed.Contains(round);

    /// <summary>What was paid for the episode, in client order.</summary>
    public double[] Rewards { get; private set; } = [];

    /// <summary>Announces an episode.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Announce(int episode)
    {
        try
        {
            Assignments = mechanism.Announce(new MechanismView
            {
                Episode = episode,
                Clients = profiles,
                Protocol = rules.Protocol,
                MoneyPerLoss = rules.MoneyPerLoss,
                Surrogate = rules.Surrogate,
            });
            LeftOut = mechanism is IReplayMechanism replaying ? [.. replaying.LeftOut.Distinct().Order()] : [];
            _observed = [.. Observer is null ? [] : Enumerable.Range(1, rules.Protocol.Rounds)
                .Where(round => Observer.Observes(round, rules.Protocol))];
        }
        catch (Exception e)
        {
            return $"{_name} failed to announce episode {episode}: {e.Message}";
        }

        if (AnnouncementCheck.Problem(Assignments, profiles, $" in episode {episode}") is { } problem)
        {
            return $"{_name} {problem}";
        }

        foreach (int client in LeftOut.Where(client => client < 0 || client >= profiles.Count))
        {
            return $"{_name} wants a replay without client {client}; clients are 0 to {profiles.Count - 1}";
        }

        if (rules.Protocol.Rounds > int.MaxValue / (1 + LeftOut.Count))
        {
            return $"{_name} wants {LeftOut.Count} replays of {rules.Protocol.Rounds} rounds; an episode has at most {int.MaxValue} rounds with all replays";
        }

        return null;
    }

    /// <summary>Pays for an episode, not less than the floor; who was excluded from it gets nothing.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Pay(int episode, double testLoss, IReadOnlySet<int> excluded, IReadOnlyDictionary<int, double> lossWithout)
    {
        Rewards = new double[profiles.Count];
        try
        {
            mechanism.Pay(
                new PaymentView
                {
                    Episode = episode,
                    Assignments = Assignments,
                    Protocol = rules.Protocol,
                    TestLoss = testLoss,
                    LossWithout = lossWithout,
                },
                Rewards);
        }
        catch (Exception e)
        {
            return $"{_name} failed to pay for episode {episode}: {e.Message}";
        }

        foreach (int client in excluded)
        {
            Rewards[client] = 0;
        }

        if (Array.FindIndex(Rewards, reward => !Magnitude.IsMoney(reward)) is >= 0 and var unpaid)
        {
            return FormattableString.Invariant(
                $"{_name} paid client {unpaid} the amount {Rewards[unpaid]} for episode {episode}{(double.IsFinite(Rewards[unpaid]) ? $"; amounts are at most {Magnitude.MostMoney}" : "")}");
        }

        for (int client = 0; rules.Floor is { } floor && client < Rewards.Length; client++)
        {
            Rewards[client] = excluded.Contains(client) ? 0 : Math.Max(floor, Rewards[client]);
        }

        return null;
    }
}
