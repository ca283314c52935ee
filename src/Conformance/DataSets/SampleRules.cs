namespace FLCrowd.Conformance.DataSets;

/// <summary>What a data set holds.</summary>
internal static class SampleRules
{
    public const string Samples = "samples";
    public const string Name = "name";
    public const string Classes = "classes";
    public const string Features = "features";
    public const string Apart = "apart";

    /// <summary>All that the program looks at before it plays: shapes, lengths, labels in range, finite features.</summary>
    public static void CheckSamples(DataSetConformance kit) => kit.Load();

    public static void CheckName(DataSetConformance kit)
    {
        if (kit.Load().Name is var name && name != kit.Name)
        {
            throw new ConformanceException(Name, $"it is registered as '{kit.Name}' and calls itself '{name}'");
        }
    }

    /// <summary>Partitions by class need samples of every class, and so does a test of what was learned.</summary>
    public static void CheckClasses(DataSetConformance kit)
    {
        var data = kit.Load();
        foreach (var (part, samples) in Parts(data))
        {
            var labels = samples.Labels.ToHashSet();
            if (Enumerable.Range(0, data.ClassCount).Where(label => !labels.Contains((byte)label)).ToList() is { Count: > 0 } missing)
            {
                throw new ConformanceException(
                    Classes,
                    $"it has {data.ClassCount} classes, and no {part} sample of "
                    + (missing.Count == 1 ? $"class {missing[0]}" : $"the classes {string.Join(", ", missing.Take(10))}"));
            }
        }
    }

    /// <summary>What is the same in every sample, or enormous, teaches nothing.</summary>
    public static void CheckFeatures(DataSetConformance kit)
    {
        var data = kit.Load();
        int width = data.Shape.FeatureCount;
        foreach (var (part, samples) in Parts(data))
        {
            int large = Array.FindIndex(samples.Features, feature => Math.Abs(feature) > kit.MostMagnitude);
            if (large >= 0)
            {
                throw new ConformanceException(
                    Features,
                    FormattableString.Invariant(
                        $"it has {samples.Features[large]} as feature {large % width} of {part} sample {large / width}; ")
                    + FormattableString.Invariant($"scale features to at most {kit.MostMagnitude} (MostMagnitude), best to [0, 1]"));
            }
        }

        var first = data.Training.Features.AsSpan(0, width);
        int sample = 1;
        while (sample < data.Training.Count && first.SequenceEqual(data.Training.Features.AsSpan(sample * width, width)))
        {
            sample++;
        }

        if (sample == data.Training.Count)
        {
            throw new ConformanceException(Features, "all its training samples are the same");
        }
    }

    /// <summary>A model is tested on what it did not learn by heart.</summary>
    public static void CheckApart(DataSetConformance kit)
    {
        var data = kit.Load();
        var known = Sums(data.Training, data.Shape.FeatureCount).ToHashSet();
        int shared = Sums(data.Test, data.Shape.FeatureCount).Count(known.Contains);
        if (shared > kit.MostShared * data.Test.Count)
        {
            throw new ConformanceException(
                Apart,
                FormattableString.Invariant($"{shared} of its {data.Test.Count} test samples are training samples, too; ")
                + FormattableString.Invariant($"at most a share of {kit.MostShared} may be (MostShared)"));
        }
    }

    private static (string Part, LabeledSamples Samples)[] Parts(DataSet data) => [("training", data.Training), ("test", data.Test)];

    /// <summary>A checksum of every sample.</summary>
    private static IEnumerable<UInt128> Sums(LabeledSamples samples, int width)
    {
        for (int sample = 0; sample < samples.Count; sample++)
        {
            yield return Sum(samples.Features.AsSpan(sample * width, width));
        }
    }

    private static UInt128 Sum(ReadOnlySpan<float> sample)
    {
        UInt128 sum = 0;
        foreach (float feature in sample)
        {
            sum = (sum ^ BitConverter.SingleToUInt32Bits(feature)) * Prime;
        }

        return sum;
    }

    /// <summary>Of the hash FNV-1a over 128 bits.</summary>
    private static UInt128 Prime { get; } = new(1UL << 24, 0x13B);
}
