namespace FLCrowd.Actors.Watching;

/// <summary>
/// Looks on while games are played in this process, and changes nothing. Actors tell it on their own threads: it must return at once, and
/// must not throw. Everything that it is told is the researcher's to know, whatever the server may see.
/// </summary>
public interface ISpectator
{
    /// <summary>Whether it wants to know of messages to and from a client or cohort; asked before any is described.</summary>
    /// <param name="game">The game.</param>
    /// <param name="member">The client or the cohort.</param>
    bool Wants(int game, Seat member);

    /// <summary>A message that it wanted was sent, or arrived.</summary>
    void Message(MessageSeen message);

    /// <summary>A global model was tested.</summary>
    /// <param name="game">The game.</param>
    /// <param name="episode">The episode within the game.</param>
    /// <param name="round">The round, 0 for the initial model.</param>
    /// <param name="evaluation">How good it is.</param>
    void Tested(int game, int episode, int round, Evaluation evaluation);

    /// <summary>A cohort answered from a node, for the first time or from another node than before.</summary>
    /// <param name="game">The game.</param>
    /// <param name="cohort">The cohort.</param>
    /// <param name="node">The node's address; empty for this process.</param>
    void Placed(int game, int cohort, string node);

    /// <summary>The server of a game asked again for what did not come.</summary>
    /// <param name="game">The game.</param>
    /// <param name="waiting">What it waits for.</param>
    void AskedAgain(int game, string waiting);
}
