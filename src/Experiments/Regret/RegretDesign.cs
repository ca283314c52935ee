using System.Numerics;
using System.Text.Json.Serialization;

namespace FLCrowd.Experiments.Regret;

/// <summary>How a regret experiment is carried out and read: all that its report needs besides the tables.</summary>
/// <param name="Confidence">1 - alpha, of everything that is said of a block.</param>
/// <param name="Tolerance">A gain counts from this share of the client's cost in the profile on.</param>
/// <param name="Replicates">Replicates of the first stage.</param>
/// <param name="MaxReplicates">Replicates of the last one.</param>
/// <param name="Efforts">e of the grid.</param>
/// <param name="BatchFactors">D of the grid, as multiples of the assigned D'.</param>
/// <param name="Gammas">gamma of the grid.</param>
/// <param name="Blocks">The profiles, each under a mechanism.</param>
internal sealed record RegretDesign(
    double Confidence,
    double Tolerance,
    int Replicates,
    int MaxReplicates,
    IReadOnlyList<double> Efforts,
    IReadOnlyList<double> BatchFactors,
    IReadOnlyList<double> Gammas,
    IReadOnlyList<RegretBlock> Blocks)
{
    /// <summary>How often every deviation that is still open has been played after each stage: doubling, up to the maximum.</summary>
    public IReadOnlyList<int> Stages()
    {
        var stages = new List<int>();
        for (long replicates = Replicates; replicates < MaxReplicates; replicates *= 2)
        {
            stages.Add((int)replicates);
        }

        return [.. stages, MaxReplicates];
    }

    /// <summary>The grid, for every measured client of a block.</summary>
    public IReadOnlyList<Deviation> Deviations(RegretBlock block) =>
    [
        .. from client in block.Clients
           from effort in Efforts
           from factor in BatchFactors
           from gamma in Gammas
           select new Deviation(client.Client, effort, factor, gamma),
    ];

    /// <summary>How many games the first stage has.</summary>
    [JsonIgnore]
    public BigInteger FirstGames => Blocks.Aggregate(BigInteger.Zero, (games, block) => games + 1 + block.Coalitions.Count
        + (BigInteger)block.Clients.Count * Efforts.Count * BatchFactors.Count * Gammas.Count) * Replicates;
}

/// <summary>A profile under a mechanism.</summary>
/// <param name="Name">Its name in tables; empty where there is only one.</param>
/// <param name="Values">Its values in the columns of variants and grid.</param>
/// <param name="Clients">Whose deviations are measured.</param>
internal sealed record RegretBlock(string Name, IReadOnlyList<string> Values, IReadOnlyList<RegretClient> Clients)
{
    /// <summary>Whose joint deviations are measured.</summary>
    public IReadOnlyList<Coalition> Coalitions { get; init; } = [];
}

/// <summary>A client whose deviations are measured.</summary>
/// <param name="Client">Its index.</param>
/// <param name="Members">How many clients it stands for in NashConv: those of its entry of <c>clients</c>, or itself alone.</param>
internal sealed record RegretClient(int Client, int Members);
