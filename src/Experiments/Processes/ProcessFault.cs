namespace FLCrowd.Experiments.Processes;

/// <summary>A process ended, was silent or wrote nonsense: it is of no use any more.</summary>
/// <param name="message">What happened, and its last words; for the user.</param>
internal sealed class ProcessFault(string message) : Exception(message);

/// <summary>A process answered that it could not do what it was asked.</summary>
/// <param name="message">Why, in its words.</param>
/// <param name="code">The code of JSON-RPC.</param>
/// <param name="option">The option that is wrong; null where none is.</param>
internal sealed class ProcessRefusal(string message, int code, string? option) : Exception(message)
{
    /// <summary>It does not play such a game.</summary>
    public const int NotPlayed = -32001;

    public int Code { get; } = code;

    public string? Option { get; } = option;
}
