using System.Reflection;

namespace FLCrowd.Host.Tests;

/// <summary>Whoever wraps a strategy hands on all that it can do, also what a later version adds.</summary>
public class StrategyWrappersSpec
{
    private static readonly IReadOnlyList<Type> Strategies =
        [.. new[] { "FLCrowd.Strategies", "FLCrowd.Actors", "FLCrowd.Model", "FLCrowd.Abstractions" }
            .SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IClientStrategy)))];

    [Fact]
    public void A_strategy_that_holds_strategies_is_a_wrapper() => Assert.DoesNotContain(
        Strategies,
        type => !type.IsAssignableTo(typeof(StrategyWrapper)) && Fields(type).Any(field => Mentions(field.FieldType, [])));

    [Fact]
    public void There_are_wrappers() => Assert.Equal(
        ["FixedPart", "Mixed", "RevisionTurns", "Shaped"],
        Strategies.Where(type => type.IsAssignableTo(typeof(StrategyWrapper))).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Capabilities_of_the_programs_strategies_are_marked_as_such() => Assert.DoesNotContain(
        Strategies.SelectMany(type => type.GetInterfaces()),
        type => type.Assembly == typeof(IClientStrategy).Assembly
            && type != typeof(IClientStrategy) && type != typeof(IVaryingStrategy) && !type.IsAssignableTo(typeof(IStrategyCapability)));

    private static FieldInfo[] Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

    /// <summary>Whether an object of this type may hold a strategy: itself, in a list, or in a record of ours.</summary>
    private static bool Mentions(Type type, HashSet<Type> seen) => seen.Add(type)
        && (type.IsAssignableTo(typeof(IClientStrategy))
            || (type.GetElementType() is { } element && Mentions(element, seen))
            || type.GetGenericArguments().Any(argument => Mentions(argument, seen))
            || (type.FullName?.StartsWith("FLCrowd.", StringComparison.Ordinal) == true
                && Fields(type).Any(field => Mentions(field.FieldType, seen))));
}
