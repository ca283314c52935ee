using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>What the server asks of a cohort. Each request says all that a cohort needs that just moved.</summary>
internal sealed class CohortRequests(GameRules rules, MechanismDesk desk, Replays replays, Exclusions excluded)
{
    /// <summary>Begins the episode.</summary>
    public ServerEffect.AssignCohort Assign(int cohort) => new(cohort, rules.Layout.Slice(desk.Assignments, cohort));

    /// <summary>Trains a round from a global model.</summary>
    public ServerEffect.ToCohort Train(int cohort, int episode, int round, ModelVector model) => new(new GlobalModel(
        rules.Game, cohort, episode, round, model, replays.Without(round), desk.Observes(round), rules.Run, excluded.Of(cohort)));

    /// <summary>Ends the episode.</summary>
    public ServerEffect.ToCohort Pay(int cohort, int episode, EpisodeResult result) => new(new CohortRewards(
        rules.Game,
        cohort,
        episode,
        result.PaidLoss!.Value,
        rules.Layout.Slice(desk.Rewards, cohort),
        rules.Run,
        excluded.Of(cohort)));
}
