using FLCrowd.Actors.Experiments;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>Journalled: what a run plays, after step sizes were tuned and surrogates fitted.</summary>
/// <param name="Program">The version of the program that plays it.</param>
/// <param name="Configuration">A checksum of the configuration that the games came from.</param>
/// <param name="Name">The experiment's name.</param>
/// <param name="SweptPaths">The names of the swept columns.</param>
/// <param name="Games">The games, ready to be played.</param>
[MessagePackObject]
public sealed record RunPlanned(
    [property: Key(0)] string Program,
    [property: Key(1)] string Configuration,
    [property: Key(2)] string Name,
    [property: Key(3)] string[] SweptPaths,
    [property: Key(4)] GameDefinition[] Games) : IProtocolMessage;

/// <summary>Journalled: an episode, complete. Episodes are journalled in the order in which they end.</summary>
/// <param name="Number">The episode's number within the run.</param>
/// <param name="Result">The episode as the server saw it.</param>
/// <param name="Cohorts">What the clients did, by cohort.</param>
[MessagePackObject]
public sealed record EpisodeJournaled(
    [property: Key(0)] int Number,
    [property: Key(1)] EpisodeResult Result,
    [property: Key(2)] CohortOutcomes[] Cohorts) : IProtocolMessage;
