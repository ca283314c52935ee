using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace FLCrowd.Conformance.Code;

/// <summary>Finds code that takes numbers from elsewhere than the seed of its view.</summary>
internal static class Sources
{
    private static readonly Type[] WholeTypes = [typeof(Stopwatch), typeof(RandomNumberGenerator), typeof(HashCode)];

    private static readonly HashSet<(Type Type, string Member)> Members =
    [
        (typeof(Random), "get_Shared"), (typeof(Random), ".ctor"),
        (typeof(Guid), nameof(Guid.NewGuid)), (typeof(Guid), nameof(Guid.CreateVersion7)),
        (typeof(DateTime), "get_Now"), (typeof(DateTime), "get_UtcNow"), (typeof(DateTime), "get_Today"),
        (typeof(DateTimeOffset), "get_Now"), (typeof(DateTimeOffset), "get_UtcNow"),
        (typeof(TimeProvider), "get_System"),
        (typeof(Environment), "get_TickCount"), (typeof(Environment), "get_TickCount64"),
        (typeof(string), nameof(GetHashCode)),
    ];

    public static void Check(string rule, Type type)
    {
        foreach (var (by, used) in ReachedCode.From(type))
        {
            // A hash code inside of a hash code is for tables in memory.
            if (by.Name != nameof(GetHashCode)
                && used.DeclaringType is { } owner && (WholeTypes.Contains(owner) || Members.Contains((owner, used.Name))))
            {
                throw new ConformanceException(
                    rule,
                    $"{by.DeclaringType!.FullName}.{by.Name} uses "
                    + $"{owner.Name}{(used.Name == ".ctor" ? "'s constructor" : $".{Plain(used)}")}, "
                    + "which is not the same in every run; draw from the seed of the view (view.Seed.Uniform(0), view.Seed.ToRandom())");
            }
        }
    }

    private static string Plain(MemberInfo used) => used.Name.StartsWith("get_", StringComparison.Ordinal) ? used.Name[4..] : used.Name;
}
