using System.ComponentModel;

namespace FLCrowd.Model.Data.Images;

/// <summary>Which of CIFAR-100's two labels.</summary>
internal enum CifarLabels
{
    /// <summary>One hundred classes.</summary>
    Fine,

    /// <summary>Twenty classes of five each.</summary>
    Coarse,
}

internal sealed class CifarOptions
{
    [FilePath]
    [Description("Folder of the binary version: data_batch_1.bin to data_batch_5.bin and test_batch.bin (CIFAR-10), or train.bin and "
        + "test.bin (CIFAR-100).")]
    public string Folder { get; set; } = "";

    [Description("Which labels of CIFAR-100 are learned; CIFAR-10 has only the fine ones.")]
    public CifarLabels Labels { get; set; }
}
