using System.Runtime.InteropServices;

namespace FLCrowd.Conformance.DataSets;

/// <summary>How a data set comes to be.</summary>
internal static class LoadingRules
{
    public const string Determinism = "determinism";
    public const string Speed = "speed";

    /// <summary>Nodes of a cluster, and a run that is resumed, load it again and must get the same.</summary>
    public static void CheckDeterminism(DataSetConformance kit)
    {
        var (one, other) = (kit.Load(), kit.Load());
        if (one.ClassCount != other.ClassCount || one.Shape != other.Shape)
        {
            throw new ConformanceException(Determinism, "it has other classes or another shape when it is loaded again");
        }

        foreach (var (part, first, second) in new[] { ("training", one.Training, other.Training), ("test", one.Test, other.Test) })
        {
            if (!first.Labels.AsSpan().SequenceEqual(second.Labels) || !Bits(first.Features).SequenceEqual(Bits(second.Features)))
            {
                throw new ConformanceException(Determinism, $"its {part} samples are others when it is loaded again");
            }
        }
    }

    public static void CheckSpeed(DataSetConformance kit) => Conformance.Speed.Check(Speed, kit.Budget, "loading it", () =>
    {
        kit.Load();
        return 1;
    });

    private static ReadOnlySpan<uint> Bits(float[] features) => MemoryMarshal.Cast<float, uint>(features);
}
