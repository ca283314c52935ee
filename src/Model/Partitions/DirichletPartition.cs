using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Model.Partitions;

internal sealed class DirichletOptions
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("alpha: smaller is more heterogeneous; data.concentration where it is not set.")]
    public double? Concentration { get; set; }
}

/// <summary>The partition <c>dirichlet</c>: class proportions from a symmetric Dirichlet distribution, samples uniform within their
/// class.</summary>
internal sealed class DirichletPartition : IPartition
{
    private readonly double _concentration;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The concentration is none, or the data set lacks a class.</exception>
    public DirichletPartition(DirichletOptions options, PartitionSetup setup)
    {
        _concentration = options.Concentration ?? setup.Settings.Concentration;
        if (!(_concentration > 0 && double.IsFinite(_concentration)))
        {
            throw new SettingException("data.concentration", $"is {_concentration}; must be above 0");
        }

        _members = ClassMembers.Of(setup.Data);
    }

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

    private double[] CumulativeProportions(Seed seed)
    {
        int classCount = _members.Length;
        var proportions = Dirichlet.Sample(seed.ToRandom(), [.. Enumerable.Repeat(_concentration, classCount)]);
        if (!double.IsFinite(proportions.Sum()))
        {
            // All gamma variates of a tiny concentration underflowed: its limit is one class alone.
            Array.Clear(proportions);
            proportions[seed.For("alone").Index(classCount, 0)] = 1;
        }

        for (int k = 1; k < classCount; k++)
        {
            proportions[k] += proportions[k - 1];
        }

        return proportions;
    }
}
