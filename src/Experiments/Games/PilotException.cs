namespace FLCrowd.Experiments.Games;

/// <summary>Episodes that are played before a game, to measure something, failed, so that the game cannot be played.</summary>
internal sealed class PilotException : Exception
{
    /// <param name="failure">Which episode, and why.</param>
    public PilotException(string failure)
        : base($"the pilot failed: {failure}")
    {
    }

    /// <param name="message">What another one says.</param>
    /// <param name="game">The game's name.</param>
    public PilotException(string message, string game)
        : base($"{game}: {message}")
    {
    }
}
