using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Recording;

/// <summary>What behaviors paid in the last episode of every game that publishes it.</summary>
internal sealed class PayoffBoard
{
    private readonly Dictionary<int, PublishedPayoffs> _boards = [];

    /// <summary>Takes note of an episode.</summary>
    /// <param name="game">The game.</param>
    /// <param name="episode">The episode within it.</param>
    /// <param name="outcomes">How it ended for the clients, in client order; those that failed are left out.</param>
    public void Publish(int game, int episode, IEnumerable<ClientOutcome> outcomes) => _boards[game] = new PublishedPayoffs(
        game,
        episode + 1,
        [
            .. outcomes.Where(outcome => outcome is { Failure: null, Action: not null })
                .GroupBy(outcome => Behavior.Of(outcome.Action!.Value, outcome.AssignedBatchSize))
                .Select(same => new PublishedPayoff
                {
                    Behavior = same.Key,
                    Clients = same.Count(),
                    MeanPayoff = same.Average(outcome => outcome.Reward - outcome.Cost),
                })
                .OrderBy(payoff => payoff.Behavior.Effort)
                .ThenBy(payoff => payoff.Behavior.BatchFactor)
                .ThenBy(payoff => payoff.Behavior.Gamma)
                .ThenBy(payoff => payoff.Behavior.Attendance),
        ]);

    /// <summary>What an episode begins with; null where that is not known (yet).</summary>
    public PublishedPayoffs? Find(DescribePayoffs describe) =>
        _boards.TryGetValue(describe.Game, out var board) && board.Episode == describe.Episode ? board : null;
}
