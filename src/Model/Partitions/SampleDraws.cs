namespace FLCrowd.Model.Partitions;

/// <summary>Draws one client's samples: a pure function of the client and its seed.</summary>
/// <param name="client">The client's index.</param>
/// <param name="seed">Draws that nothing else uses.</param>
/// <param name="samples">Takes indices of training samples.</param>
internal delegate void SampleDraw(int client, Seed seed, Span<int> samples);

/// <summary>The kinds of partition.</summary>
internal static class SampleDraws
{
    /// <summary>Every sample uniform over the training set.</summary>
    public static SampleDraw Iid(DataSet data) => (_, seed, samples) => FillUniform(data, seed, samples, 0);

    /// <summary>
    /// Exactly round(heterogeneity n) samples of the class client mod K, the others uniform over the training set (the
    /// paper's experiments, where K = 10 and the class is the last digit of the client's index).
    /// </summary>
    public static SampleDraw LastDigit(DataSet data, double heterogeneity)
    {
        if (!(heterogeneity is >= 0 and <= 1))
        {
            throw new SettingException("data.heterogeneity", $"is {heterogeneity}; must be at least 0 and at most 1");
        }

        var members = ByClass(data);
        return (client, seed, samples) =>
        {
            int ofClass = (int)Math.Round(heterogeneity * samples.Length, MidpointRounding.AwayFromZero);
            var own = members[client % data.ClassCount];
            for (int j = 0; j < ofClass; j++)
            {
                samples[j] = own[seed.Index(own.Length, j)];
            }

            FillUniform(data, seed, samples, ofClass);
        };
    }

    /// <summary>Class proportions from a symmetric Dirichlet distribution, samples uniform within their class.</summary>
    public static SampleDraw Dirichlet(DataSet data, double concentration)
    {
        if (!(concentration > 0 && double.IsFinite(concentration)))
        {
            throw new SettingException("data.concentration", $"is {concentration}; must be above 0");
        }

        var members = ByClass(data);
        return (_, seed, samples) =>
        {
            var upTo = CumulativeProportions(concentration, data.ClassCount, seed.For("proportions"));
            var classes = seed.For("class");
            for (int j = 0; j < samples.Length; j++)
            {
                double at = classes.Uniform(j);
                int drawn = 0;
                while (drawn < upTo.Length - 1 && at >= upTo[drawn])
                {
                    drawn++;
                }

                samples[j] = members[drawn][seed.Index(members[drawn].Length, j)];
            }
        };
    }

    private static double[] CumulativeProportions(double concentration, int classCount, Seed seed)
    {
        var proportions = MathNet.Numerics.Distributions.Dirichlet.Sample(
            seed.ToRandom(), [.. Enumerable.Repeat(concentration, classCount)]);
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

    private static void FillUniform(DataSet data, Seed seed, Span<int> samples, int from)
    {
        for (int j = from; j < samples.Length; j++)
        {
            samples[j] = seed.Index(data.Training.Count, j);
        }
    }

    private static int[][] ByClass(DataSet data)
    {
        var members = new List<int>[data.ClassCount];
        for (int k = 0; k < members.Length; k++)
        {
            members[k] = [];
        }

        for (int sample = 0; sample < data.Training.Count; sample++)
        {
            members[data.Training.Labels[sample]].Add(sample);
        }

        int empty = Array.FindIndex(members, list => list.Count == 0);
        return empty < 0
            ? [.. members.Select(list => list.ToArray())]
            : throw new SettingException("data.partition", $"needs samples of every class, but '{data.Name}' has none of class {empty}");
    }
}
