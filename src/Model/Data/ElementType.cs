using System.Numerics;
using System.Runtime.InteropServices;

namespace FLCrowd.Model.Data;

/// <summary>What numbers in a file are made of.</summary>
internal enum ElementKind
{
    Boolean,
    Unsigned,
    Signed,
    Real,
}

/// <summary>How a number lies in a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Its bytes: 1, 2, 4 or 8.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct ElementType(ElementKind Kind, int Size, bool BigEndian)
{
    /// <summary>Whether it is what pixels are usually stored as.</summary>
    public bool IsByte => this is { Kind: ElementKind.Unsigned, Size: 1 };

    /// <summary>Reads numbers.</summary>
    /// <param name="source">Whole elements; bytes may be swapped in place.</param>
    /// <param name="target">As many numbers.</param>
    public void Read(Span<byte> source, Span<double> target)
    {
        if (Size > 1 && BigEndian == BitConverter.IsLittleEndian)
        {
            for (int at = 0; at < source.Length; at += Size)
            {
                source.Slice(at, Size).Reverse();
            }
        }

        switch (Kind, Size)
        {
            case (ElementKind.Signed, 1): Convert<sbyte>(source, target); break;
            case (ElementKind.Signed, 2): Convert<short>(source, target); break;
            case (ElementKind.Signed, 4): Convert<int>(source, target); break;
            case (ElementKind.Signed, 8): Convert<long>(source, target); break;
            case (ElementKind.Unsigned or ElementKind.Boolean, 1): Convert<byte>(source, target); break;
            case (ElementKind.Unsigned, 2): Convert<ushort>(source, target); break;
            case (ElementKind.Unsigned, 4): Convert<uint>(source, target); break;
            case (ElementKind.Unsigned, 8): Convert<ulong>(source, target); break;
            case (ElementKind.Real, 2): Convert<Half>(source, target); break;
            case (ElementKind.Real, 4): Convert<float>(source, target); break;
            case (ElementKind.Real, 8): Convert<double>(source, target); break;
            default: throw new NotSupportedException($"{Kind} of {Size} bytes");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> source, Span<double> target)
        where T : unmanaged, INumberBase<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(source);
        for (int k = 0; k < numbers.Length; k++)
        {
            target[k] = double.CreateTruncating(numbers[k]);
        }
    }
}
