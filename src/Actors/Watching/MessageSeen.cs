namespace FLCrowd.Actors.Watching;

/// <summary>One message of an episode's protocol.</summary>
/// <param name="Game">The game.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round, counted as in <see cref="Protocol.GlobalModel"/>; <see cref="Assigning"/> and <see cref="Paying"/> for
/// what comes before the first and after the last one.</param>
/// <param name="From">Who sent it.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Name">Its type.</param>
/// <param name="Says">What it carries, in a few words; empty: nothing that is worth a word.</param>
/// <param name="IsHidden">Whether what it says is hidden from the server: it is not the server's, and none of the protocol between server,
/// cohorts and clients.</param>
public sealed record MessageSeen(int Game, int Episode, int Round, Seat From, Seat To, string Name, string Says, bool IsHidden)
{
    /// <summary>The round of what comes before the first one: assignments, choices and labels.</summary>
    public const int Assigning = 0;

    /// <summary>The round of what comes after the last one: pay and the record.</summary>
    public const int Paying = int.MaxValue;
}

/// <summary>An actor's place in the game.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Which one, of cohorts and clients; 0 for others.</param>
public readonly record struct Seat(SeatKind Kind, int Number = 0)
{
    /// <summary>The server of a game.</summary>
    public static readonly Seat Server = new(SeatKind.Server);

    /// <summary>Who trains a client and its neighbours.</summary>
    public static readonly Seat Trainer = new(SeatKind.Trainer);

    /// <summary>Who writes down what was played.</summary>
    public static readonly Seat Recorder = new(SeatKind.Recorder);

    /// <summary>A cohort.</summary>
    public static Seat Cohort(int number) => new(SeatKind.Cohort, number);

    /// <summary>A client.</summary>
    public static Seat Client(int number) => new(SeatKind.Client, number);
}

/// <summary>What an actor is in the game.</summary>
public enum SeatKind
{
    /// <summary>Assigns, aggregates, tests and pays.</summary>
    Server,

    /// <summary>Relays between the server and its clients.</summary>
    Cohort,

    /// <summary>Plays a strategy.</summary>
    Client,

    /// <summary>Trains clients.</summary>
    Trainer,

    /// <summary>Writes down what was played.</summary>
    Recorder,
}
