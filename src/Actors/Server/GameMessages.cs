using Akka.Actor;

namespace FLCrowd.Actors.Server;

/// <summary>A round of a game is over. Local.</summary>
internal sealed record RoundDone(int Game, int ClientUpdates, bool IsReplay) : INoSerializationVerificationNeeded;

/// <summary>Rounds that an earlier process played need not be played again. Local.</summary>
internal sealed record RoundsRecovered(int Rounds) : INoSerializationVerificationNeeded;

/// <summary>All episodes of a game are recorded. Local.</summary>
internal sealed record GameFinished(int Game, long Dropped) : INoSerializationVerificationNeeded;

/// <summary>A game cannot go on. Local.</summary>
/// <param name="Game">The game.</param>
/// <param name="Reason">Why, for the user.</param>
/// <param name="IsBadInput">Whether a setting or a file is wrong.</param>
/// <param name="IsCertain">Whether it fails in the same way whenever it is played: it is not the nodes' fault, nor the disk's.</param>
internal sealed record GameFailed(int Game, string Reason, bool IsBadInput, bool IsCertain = false) : INoSerializationVerificationNeeded;
