namespace FLCrowd.Model.Data;

/// <summary>Which samples are trained on, and which are tested on; both keep the order that they had.</summary>
/// <param name="Training">Indices of the samples to train on, ascending.</param>
/// <param name="Test">Indices of the others.</param>
internal sealed record TestSplit(int[] Training, int[] Test)
{
    /// <summary>Sets a share aside: each sample draws a number of its own, and the least of them are tested on.</summary>
    /// <param name="path">What the samples are read from.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="share">The share to set aside; rounded to whole samples.</param>
    /// <param name="seed">Draws them.</param>
    /// <exception cref="SettingException">Nothing would be left to train on, or to test on.</exception>
    public static TestSplit Draw(string path, int count, double share, long seed)
    {
        int tests = (int)Math.Round(share * count, MidpointRounding.AwayFromZero);
        if (tests < 1 || tests >= count)
        {
            throw new SettingException(path, FormattableString.Invariant(
                $"holds {count} samples; a test-share of {share} sets {tests} aside, and must leave some to train and some to test on"));
        }

        var draws = new Seed((ulong)seed).For("test-split");
        var isTest = new bool[count];
        foreach (int sample in Enumerable.Range(0, count).OrderBy(draws.Bits).ThenBy(sample => sample).Take(tests))
        {
            isTest[sample] = true;
        }

        return By(isTest);
    }

    /// <summary>As it is said of each sample.</summary>
    public static TestSplit By(bool[] isTest) => new(
        [.. Enumerable.Range(0, isTest.Length).Where(sample => !isTest[sample])],
        [.. Enumerable.Range(0, isTest.Length).Where(sample => isTest[sample])]);

    /// <summary>Some of the samples.</summary>
    public static LabeledSamples Take(LabeledSamples samples, int[] chosen)
    {
        byte[] labels = [.. chosen.Select(sample => samples.Labels[sample])];
        return samples.Bytes is { } bytes
            ? LabeledSamples.OfBytes(Rows(bytes), samples.Divisor, labels)
            : new LabeledSamples(Rows(samples.Features), labels);

        T[] Rows<T>(T[] features)
        {
            int width = features.Length / samples.Count;
            var rows = new T[chosen.Length * width];
            foreach (var (place, sample) in chosen.Index())
            {
                features.AsSpan(sample * width, width).CopyTo(rows.AsSpan(place * width));
            }

            return rows;
        }
    }
}
