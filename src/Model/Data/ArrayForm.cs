namespace FLCrowd.Model.Data;

/// <summary>What the head of an array in a file says.</summary>
/// <param name="Owner">The file, and which array in it, for messages.</param>
/// <param name="Type">What its numbers are.</param>
/// <param name="Dimensions">The number of samples first; each at least 1.</param>
internal sealed record ArrayForm(string Owner, ElementType Type, IReadOnlyList<int> Dimensions)
{
    /// <summary>Whether the first index runs fastest, as in Fortran.</summary>
    public bool IsColumnMajor { get; init; }

    /// <summary>The number of samples.</summary>
    public int Count => Dimensions[0];

    /// <summary>All numbers.</summary>
    public Int128 Length => Dimensions.Aggregate((Int128)1, (product, dimension) => product * dimension);

    /// <summary>Such as <c>20 x 28 x 28</c>.</summary>
    public string Size => string.Join(" x ", Dimensions);

    /// <summary>Such as <c>28 x 28</c>.</summary>
    public string SampleSize => string.Join(" x ", Dimensions.Skip(1));

    public SettingException Wrong(string problem) => new(Owner, problem);

    /// <summary>The shape of its samples.</summary>
    /// <exception cref="SettingException">It has only one dimension.</exception>
    public SampleShape Shape(ImageLayout layout) => Dimensions switch
    {
        [_] => throw Wrong($"has one dimension ({Size}); samples need two or more: samples x features, samples x height x width, "
            + "or samples x channels x height x width"),
        [_, var height, var width] => new SampleShape(1, height, width),
        [_, var height, var width, var channels] when layout == ImageLayout.ChannelsLast => new SampleShape(channels, height, width),
        [_, var channels, var height, var width] => new SampleShape(channels, height, width),
        _ => new SampleShape(1, 1, (int)(Length / Count)),
    };
}

/// <summary>Where the channels of images of several channels are.</summary>
internal enum ImageLayout
{
    /// <summary>samples x channels x height x width.</summary>
    ChannelsFirst,

    /// <summary>samples x height x width x channels.</summary>
    ChannelsLast,
}
