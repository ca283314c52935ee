using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FLCrowd;

/// <summary>
/// Binds a choice's options to their typed class, strictly: every key is known, every value has its type and is in range. A
/// number, a truth value or a name may stand as JSON text, as HOCON knows no types.
/// </summary>
internal static class OptionsBinder
{
    // A whole number may be written 1e5 or 60.0.
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <exception cref="SettingException">Says which option is wrong, what it is and what it may be.</exception>
    public static object Bind(Type type, PluginChoice choice) =>
        BindObject(type, Parse(choice), choice.Path, owner: $"'{choice.Name}'");

    private static JsonObject Parse(PluginChoice choice)
    {
        var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
        try
        {
            return JsonNode.Parse(choice.Options, documentOptions: strict) as JsonObject
                ?? throw new SettingException(choice.Path, "has options that are not an object");
        }
        catch (JsonException e)
        {
            throw new SettingException(choice.Path, $"has unreadable options: {e.Message}");
        }
    }

    private static object BindObject(Type type, JsonObject node, string path, string owner)
    {
        var properties = OptionText.Properties(type).ToDictionary(OptionText.Key);
        var options = Activator.CreateInstance(type)!;
        foreach (var (key, value) in node)
        {
            if (!properties.TryGetValue(key, out var property))
            {
                var renamed = properties.Values.FirstOrDefault(option => IsFormerName(option, key));
                throw new SettingException($"{path}.{key}", renamed is not null
                    ? $"is called {OptionText.Key(renamed)} now"
                    : Unknown(key, [.. properties.Keys.Order(StringComparer.Ordinal)], owner));
            }

            property.SetValue(options, Convert(property.PropertyType, value, $"{path}.{key}"));
        }

        Validate(options, path);
        return options;
    }

    private static object? Convert(Type type, JsonNode? node, string path) => (Nullable.GetUnderlyingType(type), node) switch
    {
        (not null, null) => null,
        ({ } bare, _) => Convert(bare, node, path),
        _ when OptionText.ElementType(type) is { } element && node is JsonArray list => BindList(type, element, list, path),
        (_, JsonObject section) when type.IsAssignableFrom(typeof(JsonObject)) => section.DeepClone(),
        (_, JsonObject section) when OptionText.IsSection(type) => BindObject(type, section, path, owner: path),
        (_, JsonValue value) when Scalar(type, value.ToString()) is { } scalar => scalar,
        _ => throw new SettingException(
            path, $"is {OptionText.Quote(node)}; must be {OptionText.TypeName(type)}{Size(type, node)}{Nearest(type, node)}"),
    };

    private static object BindList(Type type, Type element, JsonArray list, string path)
    {
        var array = Array.CreateInstance(element, list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            array.SetValue(Convert(element, list[i], $"{path}[{i}]"), i);
        }

        return type.IsInstanceOfType(array)
            ? array
            : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), (IEnumerable)array)!;
    }

    private static object? Scalar(Type type, string text) => type switch
    {
        _ when type == typeof(string) => text,
        _ when type == typeof(double) =>
            double.TryParse(text, CultureInfo.InvariantCulture, out double number) && Magnitude.Fits(number) ? number : null,
        _ when type == typeof(int) => int.TryParse(text, Whole, CultureInfo.InvariantCulture, out int number) ? number : null,
        _ when type == typeof(long) => long.TryParse(text, Whole, CultureInfo.InvariantCulture, out long number) ? number : null,
        _ when type == typeof(bool) => text switch { "true" or "on" or "yes" => true, "false" or "off" or "no" => false, _ => null },
        _ when type.IsEnum => Enum.GetValues(type).Cast<Enum>().FirstOrDefault(value => OptionText.Kebab(value.ToString()) == text),
        _ => null,
    };

    private static void Validate(object options, string path)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            return;
        }

        var problem = results[0].ErrorMessage ?? "is not valid";
        var property = OptionText.Properties(options.GetType())
            .FirstOrDefault(candidate => results[0].MemberNames.Contains(candidate.Name));
        if (property is null)
        {
            throw new SettingException(path, problem);
        }

        var value = property.GetValue(options);
        throw new SettingException(
            $"{path}.{OptionText.Key(property)}",
            property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value)
                ? $"is {OptionText.Format(value)}; must be {OptionText.Range(range)}"
                : problem);
    }

    private static bool IsFormerName(PropertyInfo option, string key) => option.GetCustomAttribute<FormerNameAttribute>()?.Name == key;

    private static string Unknown(string key, string[] known, string owner) => known.Length == 0
        ? $"is unknown; {owner} has no options"
        : $"is unknown{Suggestion.Phrase(key, known)}; {owner} has {string.Join(", ", known)}";

    private static string Size(Type type, JsonNode? node) =>
        type == typeof(double)
            && node is JsonValue value && value.ToString() is var text && double.TryParse(text, CultureInfo.InvariantCulture, out _)
            && text.Any(char.IsAsciiDigit)
            ? FormattableString.Invariant($" of a size from {Magnitude.Least} to {Magnitude.Most}")
            : "";

    private static string Nearest(Type type, JsonNode? node) =>
        type.IsEnum && node is JsonValue value ? Suggestion.Phrase(value.ToString(), OptionText.EnumNames(type)) : "";
}
