using System.ComponentModel;

namespace FLCrowd.Model.Partitions;

internal class OverlapOptions
{
    public const string Meaning = "Whether samples are drawn with replacement, so that a client may hold one twice, and several clients "
        + "the same; off: no sample is dealt out twice.";

    [Description(Meaning)]
    public bool Overlap { get; set; } = true;
}
