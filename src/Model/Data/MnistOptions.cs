using System.ComponentModel;

namespace FLCrowd.Model.Data;

internal sealed class MnistOptions
{
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "data", "mnist");

    [FilePath]
    [Description("Folder of the four .gz files and SHA256SUMS (as sha256sum or shasum --tag write it); "
        + "by default the one that comes with the program.")]
    public string? Folder { get; set; }
}
