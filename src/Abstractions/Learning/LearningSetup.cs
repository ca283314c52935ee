using System.Globalization;

namespace FLCrowd;

/// <summary>What a model's factory gets: the clients of one game and the data that they share.</summary>
public sealed class LearningSetup
{
    private const double Gigabyte = 1e9;

    private readonly Lazy<DataSet> _data;
    private readonly Func<PartitionSetup, IPartition> _partition;
    private readonly LabelSettings? _labels;

    /// <summary>A setup without partitions: for a model with data of its own.</summary>
    public LearningSetup(Func<DataSet> data)
        : this(data, setup => throw new InvalidOperationException($"there is no partition '{setup.Settings.Choice.Name}' here"))
    {
    }

    /// <summary>A setup whose data set is loaded when the model first asks for it.</summary>
    /// <param name="data">Loads the data set.</param>
    /// <param name="partition">Makes partitions, such as <c>PluginCatalog.CreatePartition</c>.</param>
    public LearningSetup(Func<DataSet> data, Func<PartitionSetup, IPartition> partition) =>
        (_data, _partition) = (new Lazy<DataSet>(data), partition);

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
                CultureInfo.InvariantCulture,
                $"{what} take {bytes / Gigabyte:#,0.0} GB of memory; {available / Gigabyte:#,0.0} GB are available"));
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

    /// <summary>Where labels come from; null: full effort gives the true ones, and none gives uniform ones. A model that does not ask is
    /// refused where there is something to know.</summary>
    public LabelSettings? Labels
    {
        get
        {
            HasAskedForLabels = true;
            return _labels;
        }
        init => _labels = value;
    }

    /// <summary>Whether anybody asked for <see cref="Labels"/>.</summary>
    public bool HasAskedForLabels { get; private set; }

    /// <summary>Makes the partition that <see cref="Partition"/> asks for, of the data set.</summary>
    /// <exception cref="SettingException">It cannot be made of these data and options.</exception>
    public IPartition CreatePartition() => _partition(new PartitionSetup
    {
        Data = Data,
        Settings = Partition,
        Clients = Weights.Count,
        Seed = Seed.For("deal"),
    });
}
