using System.Numerics;
using System.Text.Json.Serialization;

namespace FLCrowd.Analysis.Regret;

/// <summary>How regret is measured: which deviations, how often, and what counts.</summary>
/// <param name="Confidence">1 - alpha, of everything that is said of a block; in (0, 1).</param>
/// <param name="Tolerance">A gain counts from this share of the client's cost in the profile on; at least 0.</param>
/// <param name="Replicates">Replicates of the first stage, at least 1.</param>
/// <param name="MaxReplicates">Replicates of the last one, at least as many. Those with this number and above are fresh.</param>
/// <param name="Efforts">e of the grid.</param>
/// <param name="BatchFactors">D of the grid, as multiples of the assigned D'.</param>
/// <param name="Gammas">gamma of the grid.</param>
/// <param name="Blocks">The profiles, each under a mechanism.</param>
public sealed record RegretDesign(
    double Confidence,
    double Tolerance,
    int Replicates,
    int MaxReplicates,
    IReadOnlyList<double> Efforts,
    IReadOnlyList<double> BatchFactors,
    IReadOnlyList<double> Gammas,
    IReadOnlyList<RegretBlock> Blocks)
{
    /// <summary>Attendances of the grid (<see cref="ClientAction.Attendance"/>).</summary>
    public IReadOnlyList<double> Attendances { get; init; } = [1];

    /// <summary>Deviations beside the grid, of any client, whose reports change (<see cref="Deviation.Report"/>).</summary>
    public IReadOnlyList<Deviation> Reports { get; init; } = [];

    /// <summary>How best responses are searched beside; null: they are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttackDesign? Search { get; init; }

    /// <summary>The first of the fresh replicates in which what a search found is played.</summary>
    [JsonIgnore]
    public int FirstAttack => MaxReplicates + Replicates;

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

    /// <summary>The grid, for every measured client of a block, clients first, gamma and
    /// then attendance fastest; then the reports, likewise.</summary>
    /// <param name="block">The block.</param>
    public IReadOnlyList<Deviation> Deviations(RegretBlock block) =>
    [
        .. from client in block.Clients
           from effort in Efforts
           from factor in BatchFactors
           from gamma in Gammas
           from attendance in Attendances
           select new Deviation(client.Client, effort, factor, gamma) { Attendance = attendance },
        .. from client in block.Clients
           from report in Reports
           select report with { Client = client.Client },
    ];

    /// <summary>How many games the first stage has.</summary>
    [JsonIgnore]
    public BigInteger FirstGames => Blocks.Aggregate(BigInteger.Zero, (games, block) => games + 1 + block.Coalitions.Count
        + block.Clients.Count * ((BigInteger)Efforts.Count * BatchFactors.Count * Gammas.Count * Attendances.Count + Reports.Count))
        * Replicates;

    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal void Check()
    {
        if (!(Confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Confidence), Confidence, "must be above 0 and below 1");
        }

        if (!(Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "must be at least 0");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Replicates, 1, nameof(Replicates));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReplicates, Replicates, nameof(MaxReplicates));
    }
}
