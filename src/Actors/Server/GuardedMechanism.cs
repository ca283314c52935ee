using FLCrowd.Actors.Definitions;

namespace FLCrowd.Actors.Server;

/// <summary>The game's mechanism: what it announces and what it pays, and what a plug-in's code can do wrong there.</summary>
internal sealed class GuardedMechanism(GameRules rules, IIncentiveMechanism mechanism, IReadOnlyList<ClientProfile> profiles)
{
    private readonly string _name = rules.Names.Mechanism;

    /// <summary>The mechanism, where it looks at the reports of rounds.</summary>
    public IReportMechanism? Observer { get; } = mechanism as IReportMechanism;

    /// <summary>Whether the mechanism pays by the final model alone, however the rounds before went.</summary>
    public bool ForgetsRounds => mechanism is not (IReportMechanism or IReplayMechanism);

    /// <summary>Announces an episode.</summary>
    /// <returns>The terms, or what went wrong.</returns>
    public (EpisodeTerms? Terms, string? Problem) Announce(int episode)
    {
        EpisodeTerms terms;
        try
        {
            terms = new EpisodeTerms
            {
                Episode = episode,
                Assignments = mechanism.Announce(new MechanismView
                {
                    Episode = episode,
                    Clients = profiles,
                    Protocol = rules.Protocol,
                    MoneyPerLoss = rules.MoneyPerLoss,
                    Surrogate = rules.Surrogate,
                }),
                LeftOut = mechanism is IReplayMechanism replaying ? [.. replaying.LeftOut.Distinct().Order()] : [],
                Observed = Observer is null
                    ? new HashSet<int>()
                    : Enumerable.Range(1, rules.Protocol.Rounds).Where(round => Observer.Observes(round, rules.Protocol)).ToHashSet(),
            };
        }
        catch (Exception e)
        {
            return (null, $"{_name} failed to announce episode {episode}: {e.Message}");
        }

        return Problem(terms) is { } problem ? (null, $"{_name} {problem}") : (terms, null);
    }

    /// <summary>Pays for an episode, not less than the floor; who was excluded from it gets nothing.</summary>
    /// <returns>The rewards, in client order, or what went wrong.</returns>
    public (double[]? Rewards, string? Problem) Pay(
        EpisodeTerms terms, double testLoss, IReadOnlySet<int> excluded, IReadOnlyDictionary<int, double> lossWithout,
        Func<int, int> roundsAsked, Func<int, int> roundsHeard)
    {
        var rewards = new double[profiles.Count];
        try
        {
            mechanism.Pay(
                new PaymentView
                {
                    Episode = terms.Episode,
                    Assignments = terms.Assignments,
                    Protocol = rules.Protocol,
                    TestLoss = testLoss,
                    LossWithout = lossWithout,
                    RoundsAsked = roundsAsked,
                    RoundsHeard = roundsHeard,
                },
                rewards);
        }
        catch (Exception e)
        {
            return (null, $"{_name} failed to pay for episode {terms.Episode}: {e.Message}");
        }

        foreach (int client in excluded)
        {
            rewards[client] = 0;
        }

        if (Array.FindIndex(rewards, reward => !Magnitude.IsMoney(reward)) is >= 0 and var unpaid)
        {
            string limit = double.IsFinite(rewards[unpaid])
                ? FormattableString.Invariant($"; amounts are at most {Magnitude.MostMoney}")
                : "";
            return (null, FormattableString.Invariant(
                $"{_name} paid client {unpaid} the amount {rewards[unpaid]} for episode {terms.Episode}{limit}"));
        }

        for (int client = 0; rules.Floor is { } floor && client < rewards.Length; client++)
        {
            rewards[client] = excluded.Contains(client) ? 0 : Math.Max(floor, rewards[client]);
        }

        return (rewards, null);
    }

    private string? Problem(EpisodeTerms terms)
    {
        if (AnnouncementCheck.Problem(terms.Assignments, profiles, $" in episode {terms.Episode}") is { } problem)
        {
            return problem;
        }

        foreach (int client in terms.LeftOut.Where(client => client < 0 || client >= profiles.Count))
        {
            return $"wants a replay without client {client}; clients are 0 to {profiles.Count - 1}";
        }

        return rules.Protocol.Rounds > int.MaxValue / (1 + terms.LeftOut.Count)
            ? $"wants {terms.LeftOut.Count} replays of {rules.Protocol.Rounds} rounds; "
                + $"an episode has at most {int.MaxValue} rounds with all replays"
            : null;
    }
}
