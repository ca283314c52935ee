using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Server;

/// <summary>The end of an episode: said to the recorder and to the cohorts as often as it takes.</summary>
/// <param name="Result">The episode as the server saw it.</param>
/// <param name="Rewards">r_i, in client order.</param>
internal sealed record EpisodePayment(EpisodeResult Result, double[] Rewards);
