using System.Text.Json.Serialization;

namespace FLCrowd.Analysis.Regret;

/// <summary>
/// How a client's best response is searched among deviations that change from round to round: by the cross-entropy method (R. Rubinstein,
/// Methodology and Computing in Applied Probability 1, 1999), of which every generation is drawn about the best quarter of the one before.
/// </summary>
/// <param name="Pieces">Equal parts of the rounds, each with a scale of its own for the update; at least 1.</param>
/// <param name="Generations">How many; at least 1.</param>
/// <param name="Population">Deviations of a generation; at least 8.</param>
/// <param name="Draws">Paired plays of each, in the first replicates; at least 1.</param>
/// <param name="Replicates">Fresh paired plays of what was found; at least 2.</param>
public sealed record AttackDesign(int Pieces, int Generations, int Population, int Draws, int Replicates)
{
    /// <summary>Deviations that are played on in all replicates of the first stage, the best of which is what was found.</summary>
    public const int Finalists = 6;

    /// <summary>Deviations that are tried for a client: how many something was chosen from.</summary>
    [JsonIgnore]
    public long Tried => (long)Generations * Population;
}
