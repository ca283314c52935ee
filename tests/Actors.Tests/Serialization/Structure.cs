using System.Collections;
using System.Globalization;
using System.Reflection;
using Akka.Actor;
using FLCrowd.Actors.Protocol;

namespace FLCrowd.Actors.Tests.Serialization;

/// <summary>All of a message as text, to the last bit: two messages are equal where their texts are.</summary>
internal static class Structure
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        double number => $"{BitConverter.DoubleToUInt64Bits(number):x16}",
        float number => $"{BitConverter.SingleToUInt32Bits(number):x8}",
        string text => $"'{text}'",
        IActorRef actor => actor.Path.ToSerializationFormat(),
        ModelVector vector => Of(vector.Span.ToArray()),
        PerClient numbers => Of(numbers.Values),
        IReadOnlyDictionary<string, double> map =>
            $"{{{Joined(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {Of(entry.Value)}"))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        IFormattable plain when value.GetType().Assembly == typeof(object).Assembly => plain.ToString(null, CultureInfo.InvariantCulture),
        Enum or bool => value.ToString()!,
        _ => $"{value.GetType().Name}({Joined(Members(value).Select(member => $"{member.Name}: {Of(member.GetValue(value))}"))})",
    };

    private static string Joined(IEnumerable<string> parts) => string.Join(", ", parts);

    private static IEnumerable<PropertyInfo> Members(object value) => value.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite);
}
