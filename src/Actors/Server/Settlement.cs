using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>Where an episode is paid for, once all its models are tested.</summary>
internal sealed class Settlement(GameRules rules, MechanismDesk desk, PaidLoss paidLoss, ModelTests tests, Replays replays)
{
    /// <summary>Pays for an episode; who was excluded from it gets nothing.</summary>
    /// <returns>The episode as the server saw it, or what went wrong.</returns>
    public (EpisodeResult? Result, string? Problem) Pay(int episode, IReadOnlySet<int> excluded)
    {
        var final = tests.Final;
        foreach (var (name, value) in ((string, double)[])[("test", final.TestLoss), ("training", final.TrainingLoss)])
        {
            if (!Magnitude.IsLoss(value))
            {
                return (null, $"the {name} loss of episode {episode} is {value}: the model diverged; a smaller learning.step-size may help");
            }
        }

        if (final.Accuracy is < 0 or > 1)
        {
            return (null, $"{rules.Names.Model} says that its accuracy in episode {episode} is {final.Accuracy}; must be 0 to 1, or NaN where it does not classify");
        }

        double loss = paidLoss.Of(final);
        if (!Magnitude.IsLoss(loss))
        {
            return (null, $"the loss that pay of episode {episode} is based on is {loss}; game.payoff-basis = expected may help");
        }

        var without = replays.Results(tests.LossAfter);
        if (without.FirstOrDefault(entry => !Magnitude.IsLoss(entry.Value)) is { Value: not 0 } diverged)
        {
            return (null, $"the test loss of episode {episode} without client {diverged.Key} is {diverged.Value}: the model diverged; "
                + "a smaller learning.step-size may help");
        }

        if (desk.Pay(episode, loss, excluded, without) is { } problem)
        {
            return (null, problem);
        }

        double total = desk.Rewards.Sum();
        var result = new EpisodeResult(
            rules.Game,
            episode,
            rules.Layout.Cohorts,
            [.. tests.Results.Select(entry => new RoundEvaluation(entry.Key, entry.Value))],
            total,
            -rules.MoneyPerLoss * loss - total,
            loss);
        return (result, null);
    }
}
