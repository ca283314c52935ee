using FLCrowd.Analysis.Statistics;

namespace FLCrowd.Analysis.Regret;

/// <summary>Gains that are known exactly, as where expected payoffs have a closed form. Immutable where its dictionaries are.</summary>
/// <param name="Deviations">What each deviator gains, in money; minus infinity where nothing comes of the game.</param>
/// <param name="Coalitions">By a coalition's name and a client, a member or not: what the client gains when the coalition deviates, in
/// money.</param>
public sealed record ExactGains(
    IReadOnlyDictionary<Deviation, double> Deviations, IReadOnlyDictionary<(string Coalition, int Client), double> Coalitions);

/// <summary>Regret from gains that are known exactly: no deviation is played, and intervals of gains have no width.</summary>
public static class ExactRegret
{
    /// <summary>What is known of a block.</summary>
    /// <param name="design">The grid of deviations, and tolerance and confidence.</param>
    /// <param name="block">One of the design's blocks.</param>
    /// <param name="gains">Gains of the deviations; those without one are left out.</param>
    /// <param name="samples">Plays of the profile, for costs and payoffs; at least two replicates below the design's maximum.</param>
    /// <returns>Gains with 0 replicates, in the order of clients and of the grid. There are no fresh ones: nothing was chosen by chance.
    /// Clients without plays of the profile are left out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the design is out of its range.</exception>
    public static RegretResult Of(RegretDesign design, RegretBlock block, ExactGains gains, BlockSamples samples)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(gains);
        ArgumentNullException.ThrowIfNull(samples);
        design.Check();
        var clients = new List<ClientRegret>();
        var all = new List<DeviationGain>();
        var deviations = design.Deviations(block).Where(gains.Deviations.ContainsKey).ToLookup(deviation => deviation.Client);
        foreach (var client in block.Clients)
        {
            var plays = samples.Profile(client.Client, 0, design.MaxReplicates);
            if (plays.Count < 2 || !deviations.Contains(client.Client))
            {
                continue;
            }

            double threshold = design.Tolerance * plays.Average(play => play.Cost);
            var own = deviations[client.Client].Select(deviation => Exactly(deviation, gains.Deviations[deviation], threshold)).ToList();
            all.AddRange(own);
            var best = own.MaxBy(gain => gain.Mean)!;
            double regret = Math.Max(0, best.Mean);
            clients.Add(RegretAnalysis.Client(design, client, best, fresh: null, new Interval(regret, regret), plays));
        }

        return new RegretResult(block, all, clients) { Coalitions = Together(design, block, gains, samples) };
    }

    private static DeviationGain Exactly(Deviation deviation, double gain, double threshold) =>
        new(deviation, 0, gain, 0, new Interval(gain, gain), gain, threshold, IsSettled: true);

    private static IReadOnlyList<CoalitionGain> Together(RegretDesign design, RegretBlock block, ExactGains gains, BlockSamples samples)
    {
        return [.. block.Coalitions.Where(coalition => coalition.Members.All(client => IsKnown(coalition, client))).Select(coalition =>
        {
            var others = samples.Clients.Except(coalition.Members).Where(client => IsKnown(coalition, client)).ToList();
            return new CoalitionGain(
                coalition,
                Exactly(coalition.Members.Sum(client => Of(coalition, client))),
                [.. coalition.Members.Select(client => new MemberGain(
                    client,
                    Exactly(Of(coalition, client)),
                    design.Tolerance * samples.Profile(client, 0, design.MaxReplicates).Average(play => play.Cost)))],
                others.Count == 0 ? null : Exactly(others.Average(client => Of(coalition, client))));
        })];

        bool IsKnown(Coalition coalition, int client) => gains.Coalitions.ContainsKey((coalition.Name, client))
            && samples.Profile(client, 0, design.MaxReplicates).Count > 0;

        double Of(Coalition coalition, int client) => gains.Coalitions[(coalition.Name, client)];

        static PairedMean Exactly(double gain) => new(new Moments(0, gain, 0), new Interval(gain, gain));
    }
}
