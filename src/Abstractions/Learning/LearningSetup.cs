using System.Globalization;

namespace FLCrowd;

/// <summary>What a model's factory gets: the clients of one game and the data that they share.</summary>
public sealed class LearningSetup
{
    private const double Gigabyte = 1e9;

    private readonly Lazy<DataSet> _data;

    /// <summary>A setup whose data set is loaded when the model first asks for it.</summary>
    public LearningSetup(Func<DataSet> data) => _data = new Lazy<DataSet>(data);

    /// <summary>Refuses a setting that would take more memory than there is, before anything is allocated.</summary>
    /// <param name="path">The setting, such as <c>data.samples-per-client</c>.</param>
    /// <param name="what">What it is and of what it makes how much, such as <c>is 1000: with 10 clients, their samples</c>.</param>
    /// <param name="bytes">What that takes in bytes.</param>
    /// <exception cref="SettingException">It is more than this process may use.</exception>
    public static void RequireMemory(string path, string what, double bytes)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
        {
            throw new SettingException(path, string.Create(
                CultureInfo.InvariantCulture, $"{what} take {bytes / Gigabyte:#,0.0} GB of memory; {available / Gigabyte:#,0.0} GB are available"));
        }
    }

    /// <summary>The data set of the game; loaded once per process. A model with data of its own need not ask.</summary>
    public DataSet Data => _data.Value;

    /// <summary>The game's seed: partition, initial weights.</summary>
    public required Seed Seed { get; init; }

    /// <summary>The aggregation weight p_i of every client, in client order; sums to 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>How the data set is dealt out to the clients.</summary>
    public required PartitionSettings Partition { get; init; }
}

/// <summary>How a data set is dealt out to the clients (the section <c>data</c> of the configuration).</summary>
/// <param name="Kind">The partition.</param>
/// <param name="SamplesPerClient">n_i, at least 1.</param>
/// <param name="Heterogeneity">For <see cref="PartitionKind.LastDigit"/>: the share of a client's samples whose class is the last
/// digit of its index, in [0, 1].</param>
/// <param name="Concentration">For <see cref="PartitionKind.Dirichlet"/>: alpha, above 0; smaller is more heterogeneous.</param>
public sealed record PartitionSettings(PartitionKind Kind, int SamplesPerClient, double Heterogeneity, double Concentration);

/// <summary>How samples are chosen for a client.</summary>
public enum PartitionKind
{
    /// <summary>The paper's: a share of the samples has the class of the client's last digit, the rest is uniform.</summary>
    LastDigit,

    /// <summary>Every sample uniform over the training set.</summary>
    Iid,

    /// <summary>Each client's class proportions are a draw of a symmetric Dirichlet distribution.</summary>
    Dirichlet,
}
