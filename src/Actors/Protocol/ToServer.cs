using MessagePack;

namespace FLCrowd.Actors.Protocol;

/// <summary>A client made its labels; how well, only the client knows.</summary>
/// <param name="Client">The client.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="SurrogateChange">By how much its choice changes the announced loss surrogate, for its cohort's sum; 0 where no pay is
/// based on that.</param>
/// <param name="Attendance">The share of rounds that it takes part in, for its cohort, which the server asks in vain for the
/// others.</param>
[MessagePackObject]
public sealed record Ready(
    [property: Key(0)] int Client,
    [property: Key(1)] int Episode,
    [property: Key(2)] double SurrogateChange = 0,
    [property: Key(3)] double Attendance = 1) : IToServer;

/// <summary>A client's report of a round: w_t^i as reported.</summary>
[MessagePackObject]
public sealed record LocalModel(
    [property: Key(0)] int Client,
    [property: Key(1)] int Episode,
    [property: Key(2)] int Round,
    [property: Key(3)] ModelVector Model) : IToServer;

/// <summary>A client cannot go on in this episode.</summary>
/// <param name="Client">The client.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round; 0: before the first.</param>
/// <param name="Reason">What happened, for the researcher.</param>
[MessagePackObject]
public sealed record ClientFailure(
    [property: Key(0)] int Client,
    [property: Key(1)] int Episode,
    [property: Key(2)] int Round,
    [property: Key(3)] string Reason) : IToServer;

/// <summary>All clients of a cohort are ready, but those that failed.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Failures">Clients that failed before they were ready.</param>
/// <param name="SurrogateChange">By how much the others together change the announced loss surrogate; 0 where no pay is based on that.
/// What each of them changes stays in the cohort.</param>
[MessagePackObject]
public sealed record CohortReady(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] ClientFailure[] Failures,
    [property: Key(4)] double SurrogateChange = 0) : IToServer;

/// <summary>
/// What a cohort's clients reported in a round: their weighted sum where the aggregator is linear, and the reports themselves in
/// client order where it is not, or where the server wants them.
/// </summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Round">The round, counted as in <see cref="GlobalModel"/>.</param>
/// <param name="Reported">How many clients reported.</param>
/// <param name="Weight">Sum of the coefficients in <paramref name="Sum"/>.</param>
/// <param name="Sum">Sum of coefficient times report, or null.</param>
/// <param name="Reports">The reports, or empty.</param>
/// <param name="Failures">Clients that failed in this round.</param>
/// <param name="Absent">Clients that were to be heard and stayed away, in client order; null: none.</param>
[MessagePackObject]
public sealed record CohortUpdate(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] int Episode,
    [property: Key(3)] int Round,
    [property: Key(4)] int Reported,
    [property: Key(5)] double Weight,
    [property: Key(6)] ModelVector? Sum,
    [property: Key(7)] LocalModel[] Reports,
    [property: Key(8)] ClientFailure[] Failures,
    [property: Key(9)] int[]? Absent = null) : IToServer;

/// <summary>
/// A cohort was asked to go on with an episode in which it does not take part: it moved, or was made anew. The server assigns again.
/// </summary>
[MessagePackObject]
public sealed record CohortUnassigned(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort) : IToServer;

/// <summary>A cohort's node cannot host the game: the game fails, since no other node may go on with other data or files.</summary>
/// <param name="Game">The game.</param>
/// <param name="Cohort">The cohort.</param>
/// <param name="Reason">Why, for the user.</param>
/// <param name="IsBadInput">Whether a file on that node is wrong.</param>
[MessagePackObject]
public sealed record CohortRefused(
    [property: Key(0)] int Game,
    [property: Key(1)] int Cohort,
    [property: Key(2)] string Reason,
    [property: Key(3)] bool IsBadInput) : IToServer;

/// <summary>An episode is in the researcher's tables; the next one may begin.</summary>
/// <param name="Game">The game.</param>
/// <param name="Episode">The episode within the game.</param>
/// <param name="Failures">Clients that failed after they were paid, in client order; null: none. They come with the record, so that they
/// cannot be lost on a way of their own.</param>
[MessagePackObject]
public sealed record EpisodeRecorded(
    [property: Key(0)] int Game,
    [property: Key(1)] int Episode,
    [property: Key(2)] ClientFailure[]? Failures = null) : IToServer;
