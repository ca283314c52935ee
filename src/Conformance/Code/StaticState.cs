using System.Collections;
using System.Globalization;
using System.Reflection;

namespace FLCrowd.Conformance.Code;

/// <summary>Finds static fields that can change, and static objects that do.</summary>
internal sealed class StaticState
{
    private readonly IReadOnlyList<FieldInfo> _fields;

    /// <param name="type">The type whose code's static fields these are.</param>
    public StaticState(Type type) => _fields =
    [
        .. ReachedCode.From(type).Select(use => use.Used).OfType<FieldInfo>()
            .Where(field => field.IsStatic && field.DeclaringType!.Assembly == type.Assembly && !IsOfTheCompiler(field)).Distinct(),
    ];

    /// <summary>Throws where a field can be assigned.</summary>
    public void RequireReadOnly(string rule)
    {
        if (_fields.FirstOrDefault(field => field is { IsInitOnly: false, IsLiteral: false }) is { } field)
        {
            throw new ConformanceException(
                rule, $"{Name(field)} is static and can change: all strategies of the process would share it; "
                + "make it a field of the instance, or readonly");
        }
    }

    /// <summary>Throws where playing changes an object that a field holds.</summary>
    public void RequireUnchanged(string rule, Action play)
    {
        var before = Contents();
        play();
        foreach (var ((field, was), (_, @is)) in before.Zip(Contents()))
        {
            if (was != @is)
            {
                throw new ConformanceException(
                    rule, $"{Name(field)} is static, and playing changes what it holds: all strategies of the process share it; "
                    + "keep it in the instance");
            }
        }
    }

    private List<(FieldInfo Field, string Text)> Contents() =>
    [
        .. _fields.Where(field => !field.DeclaringType!.ContainsGenericParameters)
            .Select(field => (field, Text(field.GetValue(null), []))),
    ];

    /// <summary>All that hangs on an object, as text; what is code or was written before is not written again.</summary>
    private static string Text(object? value, HashSet<object> above)
    {
        switch (value)
        {
            case null or Delegate or MemberInfo:
                return "";
            case string or IFormattable or bool:
                return Convert.ToString(value, CultureInfo.InvariantCulture)!;
            case not ValueType when !above.Add(value):
                return "";
            case IEnumerable items:
                return $"[{string.Join(", ", items.Cast<object?>().Select(item => Text(item, above)))}]";
        }

        var fields = value.GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        return value.GetType().IsPrimitive
            ? value.ToString()!
            : $"{{{string.Join(", ", fields.Select(field => Text(field.GetValue(value), above)))}}}";
    }

    /// <summary>Caches of delegates and tables that the compiler makes; not the fields behind properties.</summary>
    private static bool IsOfTheCompiler(FieldInfo field) =>
        field.DeclaringType!.Name.StartsWith('<')
            || (field.Name.StartsWith('<') && !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal));

    private static string Name(FieldInfo field)
    {
        var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
        return $"{field.DeclaringType!.FullName}.{name}";
    }
}
