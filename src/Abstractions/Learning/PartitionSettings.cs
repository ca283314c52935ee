namespace FLCrowd;

/// <summary>How a data set is dealt out to the clients (the section <c>data</c> of the configuration).</summary>
public sealed record PartitionSettings
{
    /// <summary>The partition (<see cref="IPartition"/>) and its options.</summary>
    public required PluginChoice Choice { get; init; }

    /// <summary>n_i, at least 1.</summary>
    public required int SamplesPerClient { get; init; }

    /// <summary>For a partition with a share of samples of a client's own class, where its options do not say it: that share, in
    /// [0, 1].</summary>
    public double Heterogeneity { get; init; }

    /// <summary>For a partition with class proportions of a Dirichlet distribution, where its options do not say it: alpha, above 0;
    /// smaller is more heterogeneous.</summary>
    public double Concentration { get; init; }
}
