namespace FLCrowd.Actors.Protocol;

/// <summary>A message that may cross nodes: it has a manifest and is written by <see cref="Serialization.ProtocolSerializer"/>.</summary>
public interface IProtocolMessage;

/// <summary>A message that the server handles, or that is part of one. It never carries what a client really did.</summary>
public interface IToServer : IProtocolMessage;

/// <summary>A message that a client handles.</summary>
public interface IToClient : IProtocolMessage;

/// <summary>A message that the recorder handles. What clients really did goes here, and nowhere else.</summary>
public interface IToRecorder : IProtocolMessage;

/// <summary>A message that a cohort handles; the region finds the cohort by its address.</summary>
public interface IToCohort : IProtocolMessage
{
    /// <summary>The run: games of two runs on one system never meet.</summary>
    string Run { get; }

    /// <summary>The game's number.</summary>
    int Game { get; }

    /// <summary>The cohort's number within the game, from 0.</summary>
    int Cohort { get; }
}
