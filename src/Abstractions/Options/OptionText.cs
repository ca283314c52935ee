using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FLCrowd;

/// <summary>Options classes in the words of the configuration.</summary>
internal static class OptionText
{
    public static IReadOnlyList<OptionDescription> Describe(Type type)
    {
        var defaults = Activator.CreateInstance(type);
        return [.. Properties(type).Select(property => new OptionDescription(
            Key(property),
            TypeName(property.PropertyType),
            Format(property.GetValue(defaults)),
            property.GetCustomAttribute<RangeAttribute>() is { } range ? Range(range) : "",
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "")
        {
            FilePath = property.GetCustomAttribute<FilePathAttribute>(),
        })];
    }

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    public static string Key(PropertyInfo property) => Kebab(property.Name);

    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    public static IEnumerable<string> EnumNames(Type type) => Enum.GetNames(type).Select(Kebab);

    /// <summary>The T of a list of T, or null for what is no list.</summary>
    public static Type? ElementType(Type type) => type switch
    {
        { IsArray: true } => type.GetElementType(),
        { IsGenericType: true } when type.GetGenericArguments() is [var element]
            && type.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) => element,
        _ => null,
    };

    /// <summary>Whether a property of this type can be an option.</summary>
    public static bool IsOption(Type type) => (Nullable.GetUnderlyingType(type) ?? ElementType(type) ?? type) is var bare
        && (bare.IsEnum || bare == typeof(JsonObject) || Scalars.Contains(bare) || IsSection(bare) || (bare != type && IsOption(bare)));

    /// <summary>Whether a type is a class of options itself.</summary>
    public static bool IsSection(Type type) =>
        type.IsClass && !typeof(IEnumerable).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null;

    public static string TypeName(Type type) => Noun(type, plural: false);

    public static string Range(RangeAttribute range)
    {
        var minimum = range.MinimumIsExclusive ? $"above {Format(range.Minimum)}" : $"at least {Format(range.Minimum)}";
        var maximum = range.MaximumIsExclusive ? $"below {Format(range.Maximum)}" : $"at most {Format(range.Maximum)}";
        return (IsUnbounded(range.Minimum), IsUnbounded(range.Maximum)) switch
        {
            (true, true) => "finite",
            (true, false) => maximum,
            (false, true) => minimum,
            _ => $"{minimum} and {maximum}",
        };
    }

    public static string Format(object? value) => value switch
    {
        null => "not set",
        bool flag => flag ? "true" : "false",
        Enum choice => Kebab(choice.ToString()),
        string { Length: 0 } => "''",
        string text => text,
        JsonNode node => node.ToJsonString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Format))}]",
        _ => "{ ... }",
    };

    /// <summary>A value as it was given, short enough for a message.</summary>
    public static string Quote(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray => "a list",
        JsonObject => "an object",
        _ => $"'{node}'",
    };

    private static Type[] Scalars { get; } = [typeof(double), typeof(int), typeof(long), typeof(bool), typeof(string)];

    private static string Noun(Type type, bool plural) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choice => string.Join(" | ", EnumNames(choice)),
        var bare when bare == typeof(double) => plural ? "numbers" : "a number",
        var bare when bare == typeof(int) || bare == typeof(long) => plural ? "whole numbers" : "a whole number",
        var bare when bare == typeof(bool) => "true or false",
        var bare when bare == typeof(string) => plural ? "texts" : "a text",
        var bare when ElementType(bare) is { } element => $"{(plural ? "lists" : "a list")} of {Noun(element, plural: true)}",
        _ => plural ? "objects" : "an object",
    };

    private static bool IsUnbounded(object limit) => Math.Abs(Convert.ToDouble(limit, CultureInfo.InvariantCulture))
        is double.PositiveInfinity or double.MaxValue or int.MaxValue or -(double)int.MinValue;
}
