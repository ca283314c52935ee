using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Hocon;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FLCrowd.Host.Tests.Hocon;

/// <summary>JSON is HOCON: what a script writes is read as it was written.</summary>
public class JsonSpec
{
    private static readonly string[] Words =
    [
        "a", "step-size", "learning.step-size", "", "null", "true", "include", "two words", "}, {", "a = [1]", "\"", "\\", "\n\t\u0001",
        "${x}", "# no", "//x", "ü€😀", "\"\"\"", "0",
    ];

    [Property(MaxTest = 300)]
    public Property Any_tree_is_read_back_on_one_line_indented_and_as_HOCON() => Prop.ForAll(Trees(depth: 4).ToArbitrary(), json =>
    {
        var tree = JsonNode.Parse(json)!.AsObject();
        var expected = Texts(tree)!.ToJsonString();
        foreach (var options in (JsonSerializerOptions[])[
            new() { WriteIndented = true }, new(), new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }])
        {
            Assert.Equal(expected, Read.Hocon(tree.ToJsonString(options)).ToJsonString());
        }

        // As Python's json.dumps separates.
        Assert.Equal(expected, Read.Hocon(Spaced(tree)).ToJsonString());
        Assert.Equal(expected, Read.Hocon(HoconWriter.Text((JsonObject)Texts(tree)!)).ToJsonString());
    });

    private static Gen<string> Trees(int depth) =>
        from size in Gen.Choose(0, 4)
        from keys in Gen.Elements(Words).ListOf(size)
        from values in Values(depth).ListOf(size)
        select $"{{{string.Join(",", keys.Distinct().Zip(values, (key, value) => $"{JsonSerializer.Serialize(key)}:{value}"))}}}";

    private static Gen<string> Values(int depth)
    {
        var scalars = Gen.OneOf(
            Gen.Elements(Words).Select(word => JsonSerializer.Serialize(word)),
            ArbMap.Default.GeneratorFor<int>().Select(number => number.ToString(CultureInfo.InvariantCulture)),
            Gen.Elements("0.5", "-1e-7", "1E+300", "true", "false", "null"));
        return depth == 0 ? scalars : Gen.OneOf(
            scalars,
            Trees(depth - 1),
            from size in Gen.Choose(0, 3) from items in Values(depth - 1).ListOf(size) select $"[{string.Join(",", items)}]");
    }

    /// <summary>HOCON has no types: all is text but null.</summary>
    private static JsonNode? Texts(JsonNode? node) => node switch
    {
        JsonObject block => new JsonObject(block.Select(entry => KeyValuePair.Create(entry.Key, Texts(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Texts)]),
        JsonValue value => JsonValue.Create(value.ToString()),
        _ => null,
    };

    private static string Spaced(JsonNode? node) => node switch
    {
        JsonObject block =>
            $"{{{string.Join(", ", block.Select(entry => $"{JsonSerializer.Serialize(entry.Key)}: {Spaced(entry.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Spaced))}]",
        JsonValue value => value.ToJsonString(),
        _ => "null",
    };
}
