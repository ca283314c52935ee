using System.Globalization;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Watching;

/// <summary>A message within a node that a spectator may see, though it is none of the protocol.</summary>
internal interface IWatched
{
    /// <summary>The episode within the game.</summary>
    int Episode { get; }

    /// <summary>The round, as in <see cref="MessageSeen"/>.</summary>
    int Round { get; }

    /// <summary>What it carries, in a few words.</summary>
    string Says { get; }
}

/// <summary>What spectators are told of messages.</summary>
internal static class Sightings
{
    /// <summary>Tells of a message, where there is somebody who wants to know.</summary>
    /// <param name="spectator">Who looks on; null: nobody, and this costs nothing.</param>
    /// <param name="game">The game.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="to">Who gets it.</param>
    /// <param name="message">The message; one that is no part of an episode is passed over.</param>
    public static void Saw(this ISpectator? spectator, int game, Seat from, Seat to, object message)
    {
        if (spectator?.Wants(game, from.Kind is SeatKind.Client || to.Kind is SeatKind.Server or SeatKind.Recorder ? from : to) == true
            && Describe(message) is { } seen)
        {
            bool isHidden = from.Kind != SeatKind.Server && message is not (IToServer or IToClient or IToCohort);
            spectator.Message(new MessageSeen(game, seen.Episode, seen.Round, from, to, message.GetType().Name, seen.Says, isHidden));
        }
    }

    private static (int Episode, int Round, string Says)? Describe(object message) => message switch
    {
        CohortAssignments assign => (assign.Episode, MessageSeen.Assigning, $"e', D' and terms of {assign.Assignments.Length} clients"),
        Assign { Assignment: var asked } assign =>
            (assign.Episode, MessageSeen.Assigning, Text($"e' = {asked.Effort}, D' = {asked.BatchSize}")),
        Ready ready => (ready.Episode, MessageSeen.Assigning, ""),
        CohortReady ready => (ready.Episode, MessageSeen.Assigning, Failed(ready.Failures)),
        GlobalModel model => (model.Episode, model.Round, Text($"w, {model.Model.Length} numbers")),
        LocalModel model => (model.Episode, model.Round, Text($"its report, {model.Model.Length} numbers")),
        CohortUpdate update => (update.Episode, update.Round, $"the sum of {update.Reported} reports{Failed(update.Failures)}"),
        ClientFailure failure => (failure.Episode, failure.Round, failure.Reason),
        CohortRewards rewards =>
            (rewards.Episode, MessageSeen.Paying, Text($"loss {rewards.TestLoss:0.####}, {rewards.Rewards.Length} rewards")),
        Reward reward => (reward.Episode, MessageSeen.Paying, Text($"r = {reward.Amount:0.##}")),
        EpisodeResult result => (result.Episode, MessageSeen.Paying, Text($"losses of all rounds, {result.TotalReward:0.##} paid")),
        CohortOutcomes outcomes => (outcomes.Episode, MessageSeen.Paying, $"what {outcomes.Outcomes.Length} clients really did"),
        IWatched watched => (watched.Episode, watched.Round, watched.Says),
        _ => null,
    };

    private static string Failed(ClientFailure[] failures) => failures.Length == 0 ? "" : $"; {failures.Length} failed";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
