namespace FLCrowd.Model.Training;

/// <summary>How logits lie: a row for each sample, filled up to whole vectors with what nobody reads.</summary>
internal static class Logits
{
    private const int Lanes = 16;

    /// <summary>The numbers of a row.</summary>
    public static int Stride(int classCount) => (classCount + Lanes - 1) / Lanes * Lanes;
}
