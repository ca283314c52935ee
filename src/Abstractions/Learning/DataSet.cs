namespace FLCrowd;

/// <summary>A classification data set, held once per process.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="ClassCount">The number of classes K, 2 to 256.</param>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Training">What the clients' data are drawn from.</param>
/// <param name="Test">What the final model is tested on.</param>
public sealed record DataSet(string Name, int ClassCount, SampleShape Shape, LabeledSamples Training, LabeledSamples Test)
{
    private static readonly IReadOnlyDictionary<string, string[]> None = new Dictionary<string, string[]>();

    /// <summary>What the classes are called, in their order; empty where they have no names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>
    /// What is known of training samples beside features and label, such as who made them or what others called them: by the name of the
    /// column, one text per training sample, in their order.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Columns { get; init; } = None;

    /// <summary>The files that it was read from, in an order that does not depend on the machine; empty where it was not read from
    /// files.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];
}

/// <summary>A file that a data set was read from.</summary>
/// <param name="Path">Where it is, as it was asked for.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal.</param>
public sealed record DataFile(string Path, string Sha256);

/// <summary>The shape of a sample; a plain vector of d features is (1, 1, d).</summary>
/// <param name="Channels">Channels, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct SampleShape(int Channels, int Height, int Width)
{
    /// <summary>The number of features of a sample.</summary>
    public int FeatureCount => Channels * Height * Width;
}
