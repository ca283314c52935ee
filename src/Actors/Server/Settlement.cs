using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>Where an episode is paid for, once all its models are tested.</summary>
internal static class Settlement
{
    /// <summary>Pays for an episode; who was excluded from it gets nothing.</summary>
    /// <returns>Pay and the episode as the server saw it, or what went wrong.</returns>
    public static (EpisodePayment? Payment, string? Problem) Pay(GameContext game, EpisodeTerms terms, EpisodeParts parts)
    {
        double loss = parts.PaidLoss.Of(parts.Tests.Final);
        var without = parts.Replays.Results(parts.Tests.LossAfter);
        if (Problem(game, terms.Episode, parts.Tests.Final, loss, without) is { } problem)
        {
            return (null, problem);
        }

        (double[]? rewards, string? unpaid) = game.Mechanism.Pay(
            terms,
            loss,
            parts.Excluded.Clients,
            without,
            client => game.Participation.Asked(terms.Episode, client),
            client => game.Participation.Heard(terms.Episode, client) - parts.Absences.Of(client));
        if (rewards is null)
        {
            return (null, unpaid);
        }

        double total = rewards.Sum();
        var result = new EpisodeResult(
            game.Rules.Game,
            terms.Episode,
            game.Rules.Layout.Cohorts,
            [.. parts.Tests.Results.Select(entry => new RoundEvaluation(entry.Key, entry.Value))],
            total,
            -game.Rules.MoneyPerLoss * loss - total,
            loss,
            parts.Tests.Classes);
        return (new EpisodePayment(result, rewards), null);
    }

    /// <summary>Why nobody can be paid by these numbers; null where they can.</summary>
    private static string? Problem(GameContext game, int episode, Evaluation final, double loss, Dictionary<int, double> without)
    {
        foreach (var (name, value) in ((string, double)[])[("test", final.TestLoss), ("training", final.TrainingLoss)])
        {
            if (!Magnitude.IsLoss(value))
            {
                return $"the {name} loss of episode {episode} is {value}: the model diverged; a smaller learning.step-size may help";
            }
        }

        if (final.Accuracy is < 0 or > 1)
        {
            return $"{game.Rules.Names.Model} says that its accuracy in episode {episode} is {final.Accuracy}; "
                + "must be 0 to 1, or NaN where it does not classify";
        }

        if (!Magnitude.IsLoss(loss))
        {
            return $"the loss that pay of episode {episode} is based on is {loss}; game.payoff-basis = expected may help";
        }

        return without.FirstOrDefault(entry => !Magnitude.IsLoss(entry.Value)) is { Value: not 0 } diverged
            ? $"the test loss of episode {episode} without client {diverged.Key} is {diverged.Value}: the model diverged; "
                + "a smaller learning.step-size may help"
            : null;
    }
}
