using System.Reflection;
using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Serialization;

/// <summary>Makes any message out of a seed, by its constructor.</summary>
/// <param name="seed">The seed.</param>
/// <param name="actor">Makes an actor of a name.</param>
/// <param name="large">About how many bytes the first text or list shall have whose length is free, wherever in the message it is.</param>
internal sealed class RandomMessages(Seed seed, Func<string, IActorRef> actor, int large = 0)
{
    private static readonly double[] Numbers =
        [0, -0.0, 1, -1, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue];

    private static readonly long[] Integers = [0, 1, -1, 127, 128, 255, -33, 65536, int.MaxValue, int.MinValue];
    private static readonly string[] Texts = ["", "a", "vendor/name", "é, \"quoted\"\r\n", "漢字", new string('x', 300)];

    private readonly NullabilityInfoContext _nullability = new();
    private int _draw;
    private int _large = large;

    public object Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare)
        {
            return Pick(2) == 0 ? null! : Make(bare);
        }

        if (type.IsArray)
        {
            return MakeArray(type.GetElementType()!);
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(Pick(values.Length))!;
        }

        return type switch
        {
            _ when type == typeof(double) => Pick(2) == 0 ? Numbers[Pick(Numbers.Length)] : seed.Normal(_draw++),
            _ when type == typeof(int) => (int)Integers[Pick(Integers.Length)],
            _ when type == typeof(long) => Pick(2) == 0 ? Integers[Pick(Integers.Length)] : (long)seed.Bits(_draw++),
            _ when type == typeof(ulong) => seed.Bits(_draw++),
            _ when type == typeof(byte) => (byte)Pick(256),
            _ when type == typeof(bool) => Pick(2) == 0,
            _ when type == typeof(string) && _large > 0 => new string('y', Take()),
            _ when type == typeof(string) => Texts[Pick(Texts.Length)],
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks((long)seed.Bits(_draw++)),
            _ when type == typeof(IActorRef) => actor($"actor-{Pick(3)}"),
            _ when type == typeof(ModelVector) =>
                ModelVector.Of(Enumerable.Range(0, Pick(9) + (Take() / sizeof(float))).Select(_ => (float)Make<double>()).ToArray()),
            _ when type == typeof(ValueList<int>) => new ValueList<int>(Make<int[]>()),
            _ when type == typeof(ValueList<double>) => new ValueList<double>(Make<double[]>()),
            _ when type == typeof(PerClient) => new PerClient([Make<double>(), .. Make<double[]>()]),
            _ when type == typeof(LossSurrogate) => new LossSurrogate
            {
                Name = Make<string>(),
                Constant = Make<double>(),
                MinimalLoss = Make<double>(),
                BatchSlope = Make<PerClient>(),
                EffortSlope = Make<PerClient>(),
                ReportCurvature = Make<PerClient>(),
                NormConstant = Make<PerClient>(),
                NormBatchSlope = Make<PerClient>(),
                NormEffortSlope = Make<PerClient>(),
                Errors = Pick(2) == 0 ? null : Make<SurrogateErrors>(),
                Warnings = Make<string[]>(),
                Worth = Pick(2) == 0 ? null : Make<PerClient>(),
                NotAsked = Make<int[]>(),
            },
            _ when type == typeof(SurrogateErrors) => new SurrogateErrors(
                Make<PerClient>(), Make<PerClient>(), Make<PerClient>(), Make<double>())
            {
                Worth = Pick(2) == 0 ? null : Make<PerClient>(),
            },
            _ when type == typeof(Assignment) => (Assignment)Construct(type) with { TakesPart = Make<bool>() },
            _ when type == typeof(IReadOnlyDictionary<string, double>) =>
                Enumerable.Range(0, Pick(4)).ToDictionary(i => $"{i}{Make<string>()}", _ => Make<double>()),
            _ => Construct(type),
        };
    }

    private Array MakeArray(Type element)
    {
        var items = new List<object?>();
        if (!element.IsPrimitive && _large > 0)
        {
            items.Add(Make(element));
        }

        // No element has fewer bytes than these, and none that is still too small has a free length itself.
        int more = Take() / (element == typeof(byte) ? 1 : element == typeof(double) ? sizeof(double) : element.IsPrimitive ? 2 : 16);
        items.AddRange(Enumerable.Range(0, Pick(4)).Select(_ => Make(element)));
        items.AddRange(Enumerable.Repeat(more > 0 ? Make(element) : null, more));
        var array = Array.CreateInstance(element, items.Count);
        ((System.Collections.IList)items).CopyTo(array, 0);
        return array;
    }

    private int Take()
    {
        (int large, _large) = (_large, 0);
        return large;
    }

    /// <summary>By the longest constructor, or property by property where that has no parameters.</summary>
    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length);
        if (constructor is { } made && made.GetParameters().Length > 0)
        {
            return made.Invoke([.. made.GetParameters().Select(parameter =>
                Argument(parameter.ParameterType, _nullability.Create(parameter)))]);
        }

        if (constructor is null && !type.IsValueType)
        {
            throw new InvalidOperationException($"{type} has no public constructor: teach {nameof(RandomMessages)} to make one");
        }

        object filled = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            property.SetValue(filled, Argument(property.PropertyType, _nullability.Create(property)));
        }

        return filled;
    }

    private object? Argument(Type type, NullabilityInfo nullability) =>
        nullability.WriteState == NullabilityState.Nullable && !type.IsValueType && _large == 0 && Pick(2) == 0 ? null : Make(type);

    private T Make<T>() => (T)Make(typeof(T));

    private int Pick(int count) => seed.Index(count, _draw++);
}
