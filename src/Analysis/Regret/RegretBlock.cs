using System.Text.Json.Serialization;

namespace FLCrowd.Analysis.Regret;

/// <summary>A profile under a mechanism.</summary>
/// <param name="Name">Its name in tables; empty where there is only one.</param>
/// <param name="Values">What tells it from other blocks: its values in the columns of variants and grid.</param>
/// <param name="Clients">Whose deviations are measured.</param>
public sealed record RegretBlock(string Name, IReadOnlyList<string> Values, IReadOnlyList<RegretClient> Clients)
{
    /// <summary>Whose joint deviations are measured; names differ.</summary>
    public IReadOnlyList<Coalition> Coalitions { get; init; } = [];

    /// <summary>The seed of its deal, data and terms, where profiles are measured on several; null: on one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Deal { get; init; }
}

/// <summary>A client whose deviations are measured.</summary>
/// <param name="Client">Its index.</param>
/// <param name="Members">How many clients it stands for in the sum of regrets: those of its entry of <c>clients</c>, or
/// itself alone.</param>
public sealed record RegretClient(int Client, int Members)
{
    /// <summary>How many of these clients, itself among them, are known to be of its kind; the others may gain more or less.</summary>
    public int Alike { get; init; } = Members;
}
