using System.Globalization;
using MathNet.Numerics.Distributions;

namespace FLCrowd.Experiments.Configuration;

/// <summary>How many samples clients hold, as configured (<c>data.samples-per-client</c>).</summary>
public abstract record SampleSizes
{
    private const string Key = "samples-per-client";

    private const string Expected =
        "a whole number of at least 1, a list of such, all, or a block such as { distribution = log-normal, mean = 600, sigma = 1 }";

    /// <summary>The setting.</summary>
    protected static string Path => $"data.{Key}";

    /// <summary>Reads the setting.</summary>
    /// <param name="data">The section <c>data</c>.</param>
    /// <param name="clients">The number of clients N.</param>
    /// <exception cref="SettingException">It is none of what it may be, or its numbers do not fit.</exception>
    public static SampleSizes Read(Section data, int clients)
    {
        if (data.IsBlock(Key))
        {
            return DrawnSizes.Read(data.Sub(Key));
        }

        if (!data.IsList(Key) && data.Is(Key, "all"))
        {
            return new NaturalSizes();
        }

        int[] counts = data.Wholes(Key, 1, Expected);
        return !data.IsList(Key) || counts.Length == clients
            ? new GivenSizes(new ValueList<int>(counts))
            : throw new SettingException(data.PathOf(Key), $"has {counts.Length} entries, but data.clients is {clients}");
    }

    /// <summary>The sizes in a game: n_i by client, or one for all.</summary>
    /// <param name="clients">The number of clients N.</param>
    /// <param name="seed">The game's.</param>
    /// <param name="partition">Makes the game's partition with sizes that are not known.</param>
    /// <exception cref="SettingException">There are no such sizes.</exception>
    public abstract IReadOnlyList<int> Of(int clients, Seed seed, Func<IPartition> partition);

    /// <summary>Shares of a total as whole numbers, none below a least one: what would be is raised to it, and the others share the rest in
    /// proportion; then by the largest remainder, so that the total is held exactly.</summary>
    /// <param name="shares">At least 0, one of them above.</param>
    /// <param name="total">At least the number of shares times <paramref name="least"/>.</param>
    /// <param name="least">The least.</param>
    public static int[] Apportion(double[] shares, long total, int least)
    {
        var raised = new bool[shares.Length];
        double scale;
        bool changed;
        do
        {
            double rest = total, sum = 0;
            for (int i = 0; i < shares.Length; i++)
            {
                rest -= raised[i] ? least : 0;
                sum += raised[i] ? 0 : shares[i];
            }

            (scale, changed) = (sum > 0 ? rest / sum : 0, false);
            for (int i = 0; i < shares.Length; i++)
            {
                if (!raised[i] && !(shares[i] * scale >= least))
                {
                    raised[i] = changed = true;
                }
            }
        }
        while (changed);

        double[] exact = [.. shares.Select((share, i) => raised[i] ? least : Math.Round(share * scale, 6))];
        int large = Array.FindIndex(exact, size => size >= int.MaxValue);
        if (large >= 0)
        {
            throw new SettingException($"{Path}.mean", string.Create(
                CultureInfo.InvariantCulture, $"makes client {large} hold {exact[large]:#,0} samples; must be at most {int.MaxValue - 1}"));
        }

        int[] sizes = [.. exact.Select(size => (int)size)];
        long left = total - sizes.Sum(size => (long)size);
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(i => exact[i] - sizes[i]).ThenBy(i => i)];
        for (long extra = 0; extra < left; extra++)
        {
            sizes[order[extra % order.Length]]++;
        }

        return sizes;
    }

    private sealed record GivenSizes(ValueList<int> Counts) : SampleSizes
    {
        public override IReadOnlyList<int> Of(int clients, Seed seed, Func<IPartition> partition) => Counts;
    }

    private sealed record NaturalSizes : SampleSizes
    {
        public override IReadOnlyList<int> Of(int clients, Seed seed, Func<IPartition> partition) =>
            partition() is INaturalPartition natural ? [.. Enumerable.Range(0, clients).Select(natural.CountOf)]
            : throw new SettingException(
                Path,
                "is all, but the partition does not say how many samples clients have; must be a number, a list or a distribution, or the "
                + "partition one that does: by-column, shards without overlap, iid without overlap");
    }
}

/// <summary>Sizes from a distribution, with the mean as configured.</summary>
internal sealed record DrawnSizes : SampleSizes
{
    private DrawnSizes(double mean, int least, Func<Seed, int, double> logarithm) =>
        (Mean, Least, Logarithm) = (mean, least, logarithm);

    private double Mean { get; }

    private int Least { get; }

    /// <summary>The logarithm of a client's share, up to a constant: shares themselves may be beyond all numbers.</summary>
    private Func<Seed, int, double> Logarithm { get; }

    public static DrawnSizes Read(Section block)
    {
        string kind = block.OneOf("distribution", ["log-normal", "power-law", "dirichlet"], name => name);
        int least = block.Has("min") ? block.Whole("min", 1) : 1;
        double mean = block.Number("mean", Bounds.AtLeast(least));
        var logarithm = kind switch
        {
            "log-normal" => LogNormal(block.Number("sigma", Bounds.AtLeast(0))),
            "power-law" => PowerLaw(block.Number("exponent", Bounds.Above(1))),
            _ => Dirichlet(block.Number("concentration", Bounds.Above(0))),
        };

        // Those of another distribution, from a file that is changed by this one, do nothing.
        _ = (block.Has("sigma"), block.Has("exponent"), block.Has("concentration"));
        block.Done();
        return new DrawnSizes(mean, least, logarithm);
    }

    public override IReadOnlyList<int> Of(int clients, Seed seed, Func<IPartition> partition)
    {
        if (Mean * clients >= long.MaxValue)
        {
            throw new SettingException($"{Path}.mean", $"is {Mean}, too many samples for {clients} clients");
        }

        var draws = seed.For("samples-per-client");
        double[] logarithms = [.. Enumerable.Range(0, clients).Select(client => Logarithm(draws, client))];
        double most = logarithms.Max();
        return Apportion(
            [.. logarithms.Select(logarithm => Math.Exp(logarithm - most))],
            Math.Max((long)Least * clients, (long)Math.Round(Mean * clients, MidpointRounding.AwayFromZero)),
            Least);
    }

    private static Func<Seed, int, double> LogNormal(double sigma) => (draws, client) => sigma * draws.Normal(client);

    /// <summary>Pareto's distribution: P(size above s) falls with s to the power of 1 - exponent.</summary>
    private static Func<Seed, int, double> PowerLaw(double exponent) =>
        (draws, client) => -Math.Log(1 - draws.Uniform(client)) / (exponent - 1);

    /// <summary>A gamma variate of a, as one of a + 1 times a uniform one to the power of 1 / a: however small a is.</summary>
    private static Func<Seed, int, double> Dirichlet(double concentration) => (draws, client) =>
        Math.Log(Gamma.Sample(draws.For("gamma", client).ToRandom(), concentration + 1, 1))
        + Math.Log(1 - draws.Uniform(client)) / concentration;
}
