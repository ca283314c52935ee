using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FLCrowd;

/// <summary>Binds a choice's options to their typed class, strictly, and describes such a class.</summary>
internal static class OptionsBinder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new LenientBooleanConverter() },
    };

    public static object Bind(Type type, PluginChoice choice)
    {
        var node = JsonNode.Parse(choice.Options)?.AsObject() ?? [];
        var properties = Properties(type).ToDictionary(Key);
        var unknown = node.Select(entry => entry.Key).FirstOrDefault(key => !properties.ContainsKey(key));
        if (unknown is not null)
        {
            throw new SettingException($"{choice.Path}.{unknown}", properties.Count == 0
                ? $"unknown option; '{choice.Name}' has none"
                : $"unknown option; '{choice.Name}' has {string.Join(", ", properties.Keys.Order(StringComparer.Ordinal))}");
        }

        object options;
        try
        {
            options = node.Deserialize(type, Json)!;
        }
        catch (JsonException e)
        {
            var key = e.Path?.TrimStart('$', '.') ?? "";
            var expected = properties.TryGetValue(key, out var property) ? $"; must be {TypeName(property.PropertyType)}" : "";
            var value = node.TryGetPropertyValue(key, out var given) ? given?.ToJsonString() : null;
            throw new SettingException($"{choice.Path}.{key}", $"is {value ?? "not readable"}{expected}");
        }

        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            var member = results[0].MemberNames.FirstOrDefault();
            var property = Properties(type).FirstOrDefault(candidate => candidate.Name == member);
            throw property is null
                ? new SettingException(choice.Path, results[0].ErrorMessage ?? "is not valid")
                : new SettingException($"{choice.Path}.{Key(property)}", Problem(property, options, results[0]));
        }

        return options;
    }

    public static IReadOnlyList<OptionDescription> Describe(Type type)
    {
        var defaults = Activator.CreateInstance(type);
        return [.. Properties(type).Select(property => new OptionDescription(
            Key(property),
            TypeName(property.PropertyType),
            Format(property.GetValue(defaults)),
            property.GetCustomAttribute<RangeAttribute>() is { } range ? RangeText(range) : "",
            property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? ""))];
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static string Key(PropertyInfo property) => JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name);

    private static string Problem(PropertyInfo property, object options, ValidationResult result) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? $"is {Format(property.GetValue(options))}; must be {RangeText(range)}"
            : result.ErrorMessage ?? "is not valid";

    private static string RangeText(RangeAttribute range)
    {
        bool unbounded = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) is double.PositiveInfinity or double.MaxValue or int.MaxValue;
        var minimum = Format(range.Minimum);
        return unbounded
            ? range.MinimumIsExclusive ? $"above {minimum}" : $"at least {minimum}"
            : $"{(range.MinimumIsExclusive ? "above" : "at least")} {minimum} and at most {Format(range.Maximum)}";
    }

    private static string TypeName(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare switch
        {
            _ when bare.IsEnum => string.Join(" | ", Enum.GetNames(bare).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)),
            _ when bare == typeof(double) => "a number",
            _ when bare == typeof(int) || bare == typeof(long) => "a whole number",
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(string) => "a text",
            _ => "a list",
        };
    }

    private static string Format(object? value) => value switch
    {
        null => "not set",
        bool flag => flag ? "true" : "false",
        Enum choice => JsonNamingPolicy.KebabCaseLower.ConvertName(choice.ToString()),
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "[]",
    };

    /// <summary>HOCON has no types: a boolean may come as text.</summary>
    private sealed class LenientBooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when reader.GetString() is "true" or "on" or "yes" => true,
            JsonTokenType.String when reader.GetString() is "false" or "off" or "no" => false,
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
