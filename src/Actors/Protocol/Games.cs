using FLCrowd.Actors.Experiments;
using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>A node asks the experiment what a game is.</summary>
[MessagePackObject]
public sealed record DescribeGame([property: Key(0)] int Game) : IProtocolMessage;

/// <summary>The experiment's answer, complete: any node can host a part of the game from it.</summary>
[MessagePackObject]
public sealed record GameDescription([property: Key(0)] GameDefinition Definition) : IProtocolMessage;
