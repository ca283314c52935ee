using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>What the server asks of a cohort in an episode. Each request says all that a cohort needs that just moved.</summary>
internal sealed class CohortRequests(GameRules rules, EpisodeTerms terms, Replays replays, Exclusions excluded)
{
    /// <summary>Begins the episode.</summary>
    public ServerEffect.AssignCohort Assign(int cohort) => new(terms.Episode, cohort, rules.Layout.Slice(terms.Assignments, cohort));

    /// <summary>Trains a round from a global model.</summary>
    public ServerEffect.ToCohort Train(int cohort, RoundPhase.Training training) => new(new GlobalModel(
        rules.Game,
        cohort,
        terms.Episode,
        training.Round,
        training.Global,
        replays.Without(training.Round),
        terms.Observes(training.Round),
        rules.Run,
        excluded.Of(cohort),
        training.Previous));

    /// <summary>Ends the episode.</summary>
    public ServerEffect.ToCohort Pay(int cohort, EpisodePayment payment) => new(new CohortRewards(
        rules.Game,
        cohort,
        terms.Episode,
        payment.Result.PaidLoss!.Value,
        rules.Layout.Slice(payment.Rewards, cohort),
        rules.Run,
        excluded.Of(cohort)));
}
