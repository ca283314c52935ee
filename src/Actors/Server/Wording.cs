using FLCrowd.Actors.Definitions;
using FLCrowd.Actors.Protocol;
using FLCrowd.Actors.Rounds;

namespace FLCrowd.Actors.Server;

/// <summary>How rounds and failures are named for the user.</summary>
internal sealed class Wording(GameRules rules, Replays replays)
{
    public string Round(int round) => replays.Without(round) is { } client
        ? $"round {Replays.StepOf(round, rules.Protocol)} of the replay without client {client}"
        : $"round {round}";

    public string Failure(ClientFailure failure) => failure.Round == 0
        ? $"client {failure.Client}, before round 1 of episode {failure.Episode}: {failure.Reason}"
        : $"client {failure.Client}, {Round(failure.Round)} of episode {failure.Episode}: {failure.Reason}";
}
