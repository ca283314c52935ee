namespace FLCrowd;

/// <summary>How a data set is dealt out to the clients (the section <c>data</c> of the configuration).</summary>
public sealed record PartitionSettings
{
    /// <summary>The partition (<see cref="IPartition"/>) and its options.</summary>
    public required PluginChoice Choice { get; init; }

    /// <summary>n_i of every client, at least 1; where clients are of their own size (<see cref="SampleCounts"/>), the largest of them.
    /// 0: not known yet, as many as the partition gives (<see cref="INaturalPartition"/>); no game is played with that.</summary>
    public required int SamplesPerClient { get; init; }

    /// <summary>n_i by client, each at least 1; null: all have <see cref="SamplesPerClient"/>.</summary>
    public ValueList<int>? SampleCounts { get; init; }

    /// <summary>For a partition with a share of samples of a client's own class, where its options do not say it: that share, in
    /// [0, 1].</summary>
    public double Heterogeneity { get; init; }

    /// <summary>For a partition with class proportions of a Dirichlet distribution, where its options do not say it: alpha, above 0;
    /// smaller is more heterogeneous.</summary>
    public double Concentration { get; init; }

    /// <summary>n_i: the number of samples of a client, from 0 on.</summary>
    public int CountOf(int client) => SampleCounts is null ? SamplesPerClient : SampleCounts[client];

    /// <summary>The sum of n_i over so many clients.</summary>
    public long TotalOf(int clients) => SampleCounts is null ? (long)SamplesPerClient * clients : SampleCounts.Sum(count => (long)count);
}
