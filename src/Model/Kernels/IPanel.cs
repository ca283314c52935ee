using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FLCrowd.Model.Kernels;

/// <summary>
/// Neighbouring numbers of a row of weights, as many as a kernel works on at a time. Every number is worked on alone, so that results do
/// not depend on how vectors hold a panel.
/// </summary>
internal interface IPanel<TSelf>
    where TSelf : struct, IPanel<TSelf>
{
    /// <summary>How many numbers.</summary>
    static abstract int Width { get; }

    static abstract TSelf Load(ref float from);

    static abstract TSelf Add(TSelf one, TSelf other);

    static abstract TSelf Multiply(TSelf panel, float factor);

    /// <summary>One number everywhere.</summary>
    static abstract TSelf Create(float number);

    /// <summary>one * other + sum, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf one, TSelf other, TSelf sum);

    /// <summary>sum += one * what lies there, rounded once: in place, or the compiler moves the sum about.</summary>
    static abstract void Accumulate(TSelf one, ref float other, ref TSelf sum);

    /// <summary>sum += one * other, rounded once.</summary>
    static abstract void Accumulate(TSelf one, TSelf other, ref TSelf sum);

    /// <summary>What lies there += one * other, rounded once.</summary>
    static abstract void AddTo(ref float sum, TSelf one, TSelf other);

    static abstract void Store(TSelf panel, ref float to);

    static abstract float Sum(TSelf panel);
}

/// <summary>Four numbers.</summary>
internal struct Panel4(Vector128<float> numbers) : IPanel<Panel4>
{
    private Vector128<float> _numbers = numbers;

    public static int Width => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4 Load(ref float from) => new(Vector128.LoadUnsafe(ref from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4 Add(Panel4 one, Panel4 other) => new(one._numbers + other._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4 Multiply(Panel4 panel, float factor) => new(panel._numbers * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4 Create(float number) => new(Vector128.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel4 MultiplyAdd(Panel4 one, Panel4 other, Panel4 sum) =>
        new(Vector128.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel4 one, ref float other, ref Panel4 sum) =>
        sum._numbers = Vector128.FusedMultiplyAdd(one._numbers, Vector128.LoadUnsafe(ref other), sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel4 one, Panel4 other, ref Panel4 sum) =>
        sum._numbers = Vector128.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(ref float sum, Panel4 one, Panel4 other) =>
        Vector128.FusedMultiplyAdd(one._numbers, other._numbers, Vector128.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Panel4 panel, ref float to) => panel._numbers.StoreUnsafe(ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Panel4 panel) => Vector128.Sum(panel._numbers);
}

/// <summary>Eight numbers.</summary>
internal struct Panel8(Vector256<float> numbers) : IPanel<Panel8>
{
    private Vector256<float> _numbers = numbers;

    public static int Width => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel8 Load(ref float from) => new(Vector256.LoadUnsafe(ref from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel8 Add(Panel8 one, Panel8 other) => new(one._numbers + other._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel8 Multiply(Panel8 panel, float factor) => new(panel._numbers * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel8 Create(float number) => new(Vector256.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel8 MultiplyAdd(Panel8 one, Panel8 other, Panel8 sum) =>
        new(Vector256.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel8 one, ref float other, ref Panel8 sum) =>
        sum._numbers = Vector256.FusedMultiplyAdd(one._numbers, Vector256.LoadUnsafe(ref other), sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel8 one, Panel8 other, ref Panel8 sum) =>
        sum._numbers = Vector256.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(ref float sum, Panel8 one, Panel8 other) =>
        Vector256.FusedMultiplyAdd(one._numbers, other._numbers, Vector256.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Panel8 panel, ref float to) => panel._numbers.StoreUnsafe(ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Panel8 panel) => Vector256.Sum(panel._numbers);
}

/// <summary>Sixteen numbers in two vectors.</summary>
internal struct Panel16(Vector256<float> first, Vector256<float> last) : IPanel<Panel16>
{
    private Vector256<float> _first = first;
    private Vector256<float> _last = last;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel16 Load(ref float from) => new(Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel16 Add(Panel16 one, Panel16 other) => new(one._first + other._first, one._last + other._last);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel16 Multiply(Panel16 panel, float factor) => new(panel._first * factor, panel._last * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel16 Create(float number)
    {
        var wide = Vector256.Create(number);
        return new(wide, wide);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Panel16 MultiplyAdd(Panel16 one, Panel16 other, Panel16 sum) => new(
        Vector256.FusedMultiplyAdd(one._first, other._first, sum._first), Vector256.FusedMultiplyAdd(one._last, other._last, sum._last));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel16 one, ref float other, ref Panel16 sum)
    {
        sum._first = Vector256.FusedMultiplyAdd(one._first, Vector256.LoadUnsafe(ref other), sum._first);
        sum._last = Vector256.FusedMultiplyAdd(one._last, Vector256.LoadUnsafe(ref other, 8), sum._last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(Panel16 one, Panel16 other, ref Panel16 sum)
    {
        sum._first = Vector256.FusedMultiplyAdd(one._first, other._first, sum._first);
        sum._last = Vector256.FusedMultiplyAdd(one._last, other._last, sum._last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(ref float sum, Panel16 one, Panel16 other)
    {
        Vector256.FusedMultiplyAdd(one._first, other._first, Vector256.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);
        Vector256.FusedMultiplyAdd(one._last, other._last, Vector256.LoadUnsafe(ref sum, 8)).StoreUnsafe(ref sum, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Panel16 panel, ref float to)
    {
        panel._first.StoreUnsafe(ref to);
        panel._last.StoreUnsafe(ref to, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Panel16 panel) => Vector256.Sum(panel._first + panel._last);
}

/// <summary>Sixteen numbers in one vector.</summary>
internal struct WidePanel16(Vector512<float> numbers) : IPanel<WidePanel16>
{
    private Vector512<float> _numbers = numbers;

    public static int Width => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePanel16 Load(ref float from) => new(Vector512.LoadUnsafe(ref from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePanel16 Add(WidePanel16 one, WidePanel16 other) => new(one._numbers + other._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePanel16 Multiply(WidePanel16 panel, float factor) => new(panel._numbers * factor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePanel16 Create(float number) => new(Vector512.Create(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WidePanel16 MultiplyAdd(WidePanel16 one, WidePanel16 other, WidePanel16 sum) =>
        new(Vector512.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(WidePanel16 one, ref float other, ref WidePanel16 sum) =>
        sum._numbers = Vector512.FusedMultiplyAdd(one._numbers, Vector512.LoadUnsafe(ref other), sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(WidePanel16 one, WidePanel16 other, ref WidePanel16 sum) =>
        sum._numbers = Vector512.FusedMultiplyAdd(one._numbers, other._numbers, sum._numbers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTo(ref float sum, WidePanel16 one, WidePanel16 other) =>
        Vector512.FusedMultiplyAdd(one._numbers, other._numbers, Vector512.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(WidePanel16 panel, ref float to) => panel._numbers.StoreUnsafe(ref to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(WidePanel16 panel) => Vector512.Sum(panel._numbers);
}
