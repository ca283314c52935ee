using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>What the phases of an episode share; made anew for every episode.</summary>
internal sealed class EpisodeParts
{
    public EpisodeParts(GameContext game, EpisodeTerms terms)
    {
        Excluded = new Exclusions(game.Rules.Layout);
        Replays = new Replays(game.Rules.Protocol);
        Tests = new ModelTests(game.Rules.Execution.EvaluateEvery, game.Rules.Protocol.Rounds);
        PaidLoss = new PaidLoss(game, terms);
        Requests = new CohortRequests(game.Rules, terms, Replays, Excluded);
        Wording = new Wording(game.Rules, Replays);
    }

    /// <summary>The clients that failed.</summary>
    public Exclusions Excluded { get; }

    /// <summary>Who stayed away, and how often.</summary>
    public Absences Absences { get; } = new();

    public Replays Replays { get; }

    public ModelTests Tests { get; }

    public PaidLoss PaidLoss { get; }

    public CohortRequests Requests { get; }

    public Wording Wording { get; }
}
