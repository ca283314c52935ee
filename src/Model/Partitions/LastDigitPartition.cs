using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace FLCrowd.Model.Partitions;

internal sealed class LastDigitOptions : OverlapOptions
{
    [Range(0.0, 1.0)]
    [Description("The share of a client's samples of the class of its index's last digit; data.heterogeneity where it is not set.")]
    public double? Heterogeneity { get; set; }

    /// <exception cref="SettingException">The share is none.</exception>
    public double ShareIn(PartitionSetup setup) => (Heterogeneity ?? setup.Settings.Heterogeneity) is var share && share is >= 0 and <= 1
        ? share
        : throw new SettingException("data.heterogeneity", $"is {share}; must be at least 0 and at most 1");
}

/// <summary>
/// The partition <c>last-digit</c>: exactly round(heterogeneity n) samples of the class client mod K, the others uniform over the training
/// set (the paper's experiments, where K = 10 and the class is the last digit of the client's index).
/// </summary>
internal sealed class LastDigitPartition : IPartition
{
    private readonly DataSet _data;
    private readonly double _heterogeneity;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The share is none, or the data set lacks a class.</exception>
    public LastDigitPartition(LastDigitOptions options, PartitionSetup setup) =>
        (_data, _heterogeneity, _members) = (setup.Data, options.ShareIn(setup), ClassMembers.Of(setup.Data));

    public void Draw(int client, Seed seed, Span<int> samples)
    {
        int ofClass = OfClass(_heterogeneity, samples.Length);
        var own = _members[client % _data.ClassCount];
        for (int j = 0; j < ofClass; j++)
        {
            samples[j] = own[seed.Index(own.Length, j)];
        }

        IidPartition.Fill(_data, seed, samples, ofClass);
    }

    /// <summary>How many of so many samples are of the client's own class.</summary>
    public static int OfClass(double heterogeneity, int samples) =>
        (int)Math.Round(heterogeneity * samples, MidpointRounding.AwayFromZero);
}

/// <summary>The same without overlap: first every client's samples of its own class, then the others from all that is left.</summary>
internal sealed class DisjointLastDigit : DisjointPartition
{
    private readonly double _heterogeneity;
    private readonly int[][] _members;

    /// <exception cref="SettingException">The share is none, or there are too few samples, in all or of some class.</exception>
    public DisjointLastDigit(LastDigitOptions options, PartitionSetup setup) : base(setup)
    {
        (_heterogeneity, _members) = (options.ShareIn(setup), ClassMembers.Of(setup.Data));
        var asked = new long[_members.Length];
        for (int client = 0; client < setup.Clients; client++)
        {
            asked[client % asked.Length] += OfClass(client);
        }

        int scarce = Enumerable.Range(0, asked.Length).FirstOrDefault(k => asked[k] > _members[k].Length, -1);
        if (scarce >= 0)
        {
            throw new SettingException("data.samples-per-client", string.Create(
                CultureInfo.InvariantCulture,
                $"makes clients hold {asked[scarce]:#,0} samples of class {scarce} at heterogeneity {_heterogeneity}, but "
                + $"'{setup.Data.Name}' has {_members[scarce].Length:#,0} of it, and with {setup.Settings.Choice.Path}.overlap = off none "
                + $"is held twice; use fewer, less heterogeneity, or overlap = on"));
        }
    }

    protected override int[][] Deal()
    {
        var dealt = Empty();
        var next = new int[_members.Length];
        int[][] members = [.. _members.Select((own, k) =>
        {
            int[] shuffled = [.. own];
            Shuffle.Of(shuffled, Setup.Seed.For("class", k));
            return shuffled;
        })];
        var taken = new bool[Setup.Data.Training.Count];
        for (int client = 0; client < dealt.Length; client++)
        {
            int own = client % members.Length;
            for (int j = 0; j < OfClass(client); j++)
            {
                int sample = members[own][next[own]++];
                (dealt[client][j], taken[sample]) = (sample, true);
            }
        }

        int[] rest = [.. Deck("rest").Where(sample => !taken[sample])];
        int drawn = 0;
        for (int client = 0; client < dealt.Length; client++)
        {
            var others = dealt[client].AsSpan(OfClass(client));
            rest.AsSpan(drawn, others.Length).CopyTo(others);
            drawn += others.Length;
        }

        return dealt;
    }

    private int OfClass(int client) => LastDigitPartition.OfClass(_heterogeneity, Setup.Settings.CountOf(client));
}
