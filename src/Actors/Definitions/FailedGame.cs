namespace FLCrowd.Actors.Definitions;

/// <summary>A game of a sweep that cannot be played to its end, however often it is tried; the others can.</summary>
/// <param name="Game">The game's number within the run.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Swept">The values that tell it from the others, one per swept column.</param>
/// <param name="Reason">Why, for the user.</param>
public sealed record FailedGame(int Game, ulong Seed, IReadOnlyList<string> Swept, string Reason);
