using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Model.Partitions;

internal sealed class DirichletOptions : OverlapOptions
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("alpha: smaller is more heterogeneous; data.concentration where it is not set.")]
    public double? Concentration { get; set; }

    /// <exception cref="SettingException">The concentration is none.</exception>
    public double In(PartitionSetup setup) => (Concentration ?? setup.Settings.Concentration) is var concentration
        && concentration > 0 && double.IsFinite(concentration)
            ? concentration
            : throw new SettingException("data.concentration", $"is {concentration}; must be above 0");
}

/// <summary>The partition <c>dirichlet</c>: class proportions from a symmetric Dirichlet distribution, samples uniform within their
/// class.</summary>
internal sealed class DirichletPartition : IPartition
{
    private readonly double _concentration;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The concentration is none, or the data set lacks a class.</exception>
    public DirichletPartition(DirichletOptions options, PartitionSetup setup) =>
        (_concentration, _members) = (options.In(setup), ClassMembers.Of(setup.Data));

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        var upTo = CumulativeProportions(seed.For("proportions"));
        var classes = seed.For("class");
        for (int j = 0; j < samples.Length; j++)
        {
            double at = classes.Uniform(j);
            int drawn = 0;
            while (drawn < upTo.Length - 1 && at >= upTo[drawn])
            {
                drawn++;
            }

            samples[j] = _members[drawn][seed.Index(_members[drawn].Length, j)];
        }
    }

    /// <summary>Proportions from a symmetric Dirichlet distribution.</summary>
    public static double[] Proportions(double concentration, int classCount, Seed seed)
    {
        var proportions = Dirichlet.Sample(seed.ToRandom(), [.. Enumerable.Repeat(concentration, classCount)]);
        if (!double.IsFinite(proportions.Sum()))
        {
            // All gamma variates of a tiny concentration underflowed: its limit is one class alone.
            Array.Clear(proportions);
            proportions[seed.For("alone").Index(classCount, 0)] = 1;
        }

        return proportions;
    }

    private double[] CumulativeProportions(Seed seed)
    {
        var proportions = Proportions(_concentration, _members.Length, seed);
        for (int k = 1; k < proportions.Length; k++)
        {
            proportions[k] += proportions[k - 1];
        }

        return proportions;
    }
}

/// <summary>
/// The same without overlap: clients take turns, and each takes a sample of a class that is drawn by its proportions among the classes
/// of which something is left (Hsu, Qi and Brown, Measuring the Effects of Non-Identical Data Distribution, 2019).
/// </summary>
internal sealed class DisjointDirichlet : DisjointPartition
{
    private readonly double _concentration;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The concentration is none, or there are too few samples.</exception>
    public DisjointDirichlet(DirichletOptions options, PartitionSetup setup) : base(setup) =>
        (_concentration, _members) = (options.In(setup), ClassMembers.Of(setup.Data));

    protected override int[][] Deal()
    {
        var dealt = Empty();
        int[][] left = [.. _members.Select((own, k) =>
        {
            int[] shuffled = [.. own];
            Shuffle.Of(shuffled, Setup.Seed.For("class", k));
            return shuffled;
        })];
        int[] counts = [.. left.Select(own => own.Length)];
        double[][] proportions = [.. dealt.Select((_, client) =>
            DirichletPartition.Proportions(_concentration, left.Length, Setup.Seed.For("proportions", client)))];
        Seed[] draws = [.. dealt.Select((_, client) => Setup.Seed.For("turn", client))];
        int turns = dealt.Max(samples => samples.Length);
        for (int turn = 0; turn < turns; turn++)
        {
            for (int client = 0; client < dealt.Length; client++)
            {
                if (turn < dealt[client].Length)
                {
                    int drawn = Class(proportions[client], counts, draws[client].Uniform(turn));
                    dealt[client][turn] = left[drawn][--counts[drawn]];
                }
            }
        }

        return dealt;
    }

    /// <summary>A class of which something is left, by its proportions; where the client wants none of these, by how much is
    /// left.</summary>
    private static int Class(double[] proportions, int[] left, double at)
    {
        double total = 0;
        for (int k = 0; k < left.Length; k++)
        {
            total += left[k] > 0 ? proportions[k] : 0;
        }

        bool wanted = total > 0;
        double place = at * (wanted ? total : left.Sum(count => (double)count)), sum = 0;
        int drawn = -1;
        for (int k = 0; k < left.Length && (drawn < 0 || place >= sum); k++)
        {
            double share = left[k] == 0 ? 0 : wanted ? proportions[k] : left[k];
            if (share > 0)
            {
                (drawn, sum) = (k, sum + share);
            }
        }

        return drawn;
    }
}
