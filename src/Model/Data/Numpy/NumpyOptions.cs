using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Data.Numpy;

internal sealed class NumpyOptions : SplitOptions
{
    [FilePath]
    [Description("The .npz file; not set: x, y, x-test, y-test and keep are .npy files.")]
    public string? File { get; set; }

    [FilePath(".npy")]
    [Description("The array of training samples in the file, or its .npy file: samples x features, samples x height x width, or with "
        + "channels (layout). Not set: X.")]
    public string? X { get; set; }

    [FilePath(".npy")]
    [Description("The array of training labels, whole numbers from 0 or texts. Not set: y.")]
    public string? Y { get; set; }

    [FilePath(".npy")]
    [Description("The array of samples to test on. Not set: X_test, or what test-share sets aside.")]
    public string? XTest { get; set; }

    [FilePath(".npy")]
    [Description("The array of labels to test on. Not set: y_test.")]
    public string? YTest { get; set; }

    [FilePath(".npy")]
    [Description("Further arrays, one number or text for each training sample, that are kept as columns.")]
    public IReadOnlyList<string> Keep { get; set; } = [];

    [Range(2, byte.MaxValue + 1)]
    [Description("The number of classes where labels are numbers; not set: the largest label and one.")]
    public int? Classes { get; set; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("What features are divided by; not set: 255 for unsigned bytes, so that they lie in [0, 1], and 1 for other numbers.")]
    public double? Scale { get; set; }

    [Description("Where the channels of images in four dimensions are.")]
    public ImageLayout Layout { get; set; } = ImageLayout.ChannelsFirst;
}
