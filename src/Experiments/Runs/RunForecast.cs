namespace FLCrowd.Experiments.Runs;

/// <summary>What a run would take.</summary>
/// <param name="Experiment">Its name.</param>
/// <param name="Games">Games that it begins with.</param>
/// <param name="Episodes">Their episodes.</param>
/// <param name="ClientUpdates">Local trainings of these.</param>
/// <param name="IsLeast">Whether more may follow, as the question needs: regret and dynamics.</param>
/// <param name="Before">What is played before, such as pilots for a step size, which is not in the other numbers; null: nothing.</param>
/// <param name="Seconds">How long it would take; null: not known.</param>
/// <param name="Basis">What that is known from.</param>
/// <param name="Threads">Training threads.</param>
/// <param name="MemoryBytes">The memory of all that is there at once.</param>
/// <param name="MemoryAvailable">What this process may use.</param>
/// <param name="Memory">What takes how many bytes.</param>
public sealed record RunForecast(
    string Experiment,
    long Games,
    long Episodes,
    long ClientUpdates,
    bool IsLeast,
    string? Before,
    double? Seconds,
    string Basis,
    int Threads,
    double MemoryBytes,
    double MemoryAvailable,
    IReadOnlyDictionary<string, double> Memory)
{
    /// <summary>Of a collection, the forecasts of its parts; null for others.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunForecast>? Parts { get; init; }

    /// <summary>Runs one after the other.</summary>
    public static RunForecast Sum(string name, IReadOnlyList<RunForecast> parts)
    {
        var largest = parts.MaxBy(part => part.MemoryBytes)!;
        return largest with
        {
            Experiment = name,
            Games = parts.Sum(part => part.Games),
            Episodes = parts.Sum(part => part.Episodes),
            ClientUpdates = parts.Sum(part => part.ClientUpdates),
            IsLeast = parts.Any(part => part.IsLeast),
            Before = parts.Any(part => part.Before is not null) ? "what its experiments say" : null,
            Seconds = parts.All(part => part.Seconds is not null) ? parts.Sum(part => part.Seconds) : null,
            Basis = "the sum of its experiments; those that play the same are played once",
            Parts = parts,
        };
    }
}
