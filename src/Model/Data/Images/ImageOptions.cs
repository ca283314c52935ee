using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace FLCrowd.Model.Data.Images;

internal sealed class ImageOptions : SplitOptions
{
    [FilePath]
    [Description("A folder for each class with its PNG and JPEG files, below train and test or, with test-share, right in it.")]
    public string Folder { get; set; } = "";

    [Range(1, 1024)]
    [Description("Rows and columns that every image is resized to.")]
    public int Size { get; set; } = 32;

    [Range(1, 1024)]
    [Description("Rows, where they are not size.")]
    public int? Height { get; set; }

    [Range(1, 1024)]
    [Description("Columns, where they are not size.")]
    public int? Width { get; set; }

    [AllowedValues(1, 3, ErrorMessage = "must be 1 (grey) or 3 (red, green and blue)")]
    [Description("1: grey; 3: red, green and blue.")]
    public int Channels { get; set; } = 3;
}
