using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Data;

internal sealed class IdxOptions
{
    [FilePath]
    [Description("Folder of the four idx files, each .gz or not. SHA256SUMS is checked where there is one.")]
    public string Folder { get; set; } = "";

    [Description("File of the training images in the folder; not set: train-images-idx3-ubyte and the like, .gz or not.")]
    public string? TrainImages { get; set; }

    [Description("File of the training labels; not set: train-labels-idx1-ubyte and the like.")]
    public string? TrainLabels { get; set; }

    [Description("File of the test images; not set: t10k-images-idx3-ubyte, test-images-idx3-ubyte and the like.")]
    public string? TestImages { get; set; }

    [Description("File of the test labels; not set: t10k-labels-idx1-ubyte, test-labels-idx1-ubyte and the like.")]
    public string? TestLabels { get; set; }

    [Range(2, byte.MaxValue + 1)]
    [Description("The number of classes; not set: the largest label and one.")]
    public int? Classes { get; set; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("What features are divided by; not set: 255 for bytes, so that they lie in [0, 1], and 1 for other numbers.")]
    public double? Scale { get; set; }

    [Description("Where the channels of images in four dimensions are.")]
    public ImageLayout Layout { get; set; } = ImageLayout.ChannelsFirst;
}
