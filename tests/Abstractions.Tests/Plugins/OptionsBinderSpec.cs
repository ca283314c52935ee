using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace FLCrowd.Abstractions.Tests.Plugins;

public class OptionsBinderSpec
{
    [Fact]
    public void Without_options_the_defaults_hold()
    {
        var options = Bind("{}");
        Assert.Equal((0.5, 3, 4L, false, Mode.FirstOne), (options.Rate, options.Count, options.Long, options.Flag, options.Mode));
        Assert.Equal(("plain", null, null), (options.Text, options.Maybe, options.MaybeMode));
        Assert.Equal([1, 2], options.Numbers);
    }

    [Theory]
    [InlineData("""
        { "rate": 0.25, "count": 7, "long": 5000000000, "flag": true, "mode": "second-one", "text": "t", "maybe": 6,
          "maybe-mode": "second-one", "numbers": [ 1.5, 2 ], "counts": [ 4, 5 ], "modes": [ "second-one" ],
          "parts": [ { "name": "a", "weight": 2 }, { } ], "part": { "name": "b" }, "raw": { "x": 1 }, "raws": [ { "y": 2 } ] }
        """)]
    [InlineData("""
        { "rate": "0.25", "count": "7", "long": "5e9", "flag": "true", "mode": "second-one", "text": "t", "maybe": "6.0",
          "maybe-mode": "second-one", "numbers": [ "1.5", "2" ], "counts": [ "4", "5" ], "modes": [ "second-one" ],
          "parts": [ { "name": "a", "weight": "2" }, { } ], "part": { "name": "b" }, "raw": { "x": "1" }, "raws": [ { "y": "2" } ] }
        """)]
    public void Values_bind_as_what_they_are_or_from_text(string json)
    {
        var options = Bind(json);
        Assert.Equal((0.25, 7, 5_000_000_000L), (options.Rate, options.Count, options.Long));
        Assert.Equal((true, Mode.SecondOne), (options.Flag, options.Mode));
        Assert.Equal(("t", 6, Mode.SecondOne), (options.Text, options.Maybe, options.MaybeMode));
        Assert.Equal([1.5, 2], options.Numbers);
        Assert.Equal([4, 5], options.Counts);
        Assert.Equal([Mode.SecondOne], options.Modes);
        Assert.Equal([("a", 2), ("", 1)], options.Parts.Select(part => (part.Name, part.Weight)));
        Assert.Equal("b", options.Part.Name);
        Assert.Equal("1", options.Raw["x"]!.ToString());
        Assert.Equal("2", Assert.Single(options.Raws)["y"]!.ToString());
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Truth_has_the_words_of_HOCON(string word, bool value) => Assert.Equal(value, Bind($$"""{ "flag": "{{word}}" }""").Flag);

    [Fact]
    public void What_may_be_unset_can_be_unset() => Assert.Null(Bind("""{ "maybe": null }""").Maybe);

    [Theory]
    [InlineData("""{ "rate": "fast" }""", "here.rate: is 'fast'; must be a number")]
    [InlineData("""{ "rate": "NaN" }""", "here.rate: is 'NaN'; must be a number")]
    [InlineData("""{ "rate": "1e999" }""", "here.rate: is '1e999'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("""{ "rate": 1e61 }""", "here.rate: is '1e61'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("""{ "numbers": [ 1, "-1e-300" ] }""", "here.numbers[1]: is '-1e-300'; must be a number of a size from 1E-60 to 1E+60")]
    [InlineData("""{ "rate": null }""", "here.rate: is null; must be a number")]
    [InlineData("""{ "rate": [ 1 ] }""", "here.rate: is a list; must be a number")]
    [InlineData("""{ "rate": { "a": 1 } }""", "here.rate: is an object; must be a number")]
    [InlineData("""{ "count": 1.5 }""", "here.count: is '1.5'; must be a whole number")]
    [InlineData("""{ "count": "5000000000" }""", "here.count: is '5000000000'; must be a whole number")]
    [InlineData("""{ "count": true }""", "here.count: is 'true'; must be a whole number")]
    [InlineData("""{ "maybe": "few" }""", "here.maybe: is 'few'; must be a whole number")]
    [InlineData("""{ "flag": "maybe" }""", "here.flag: is 'maybe'; must be true or false")]
    [InlineData("""{ "mode": "secnd-one" }""", "here.mode: is 'secnd-one'; must be first-one | second-one (did you mean 'second-one'?)")]
    [InlineData("""{ "mode": 1 }""", "here.mode: is '1'; must be first-one | second-one")]
    [InlineData("""{ "mode": "SecondOne" }""", "here.mode: is 'SecondOne'; must be first-one | second-one (did you mean 'second-one'?)")]
    [InlineData("""{ "text": [] }""", "here.text: is a list; must be a text")]
    [InlineData("""{ "numbers": 1 }""", "here.numbers: is '1'; must be a list of numbers")]
    [InlineData("""{ "numbers": [ 1, "x" ] }""", "here.numbers[1]: is 'x'; must be a number")]
    [InlineData("""{ "parts": [ 1 ] }""", "here.parts[0]: is '1'; must be an object")]
    [InlineData("""{ "raw": 1 }""", "here.raw: is '1'; must be an object")]
    public void A_wrong_type_says_what_is_right(string json, string message) => Assert.Equal(message, Error(json));

    [Theory]
    [InlineData("""{ "rate": 1.5 }""", "here.rate: is 1.5; must be above 0 and below 1.5")]
    [InlineData("""{ "rate": "0" }""", "here.rate: is 0; must be above 0 and below 1.5")]
    [InlineData("""{ "count": -2 }""", "here.count: is -2; must be at least 1")]
    [InlineData("""{ "parts": [ { }, { "weight": "-1" } ] }""", "here.parts[1].weight: is -1; must be at least 0")]
    [InlineData("""{ "count": 8, "maybe": 9 }""", "here.maybe: is more than count")]
    [InlineData("""{ "text": "together", "flag": true }""", "here: do not go together")]
    public void An_option_out_of_range_says_what_is_in_range(string json, string message) => Assert.Equal(message, Error(json));

    [Theory]
    [InlineData("""{ "rat": 1 }""",
        "here.rat: is unknown (did you mean 'rate'?); 'test' has count, counts, flag, long, maybe, maybe-mode, mode, modes, numbers, "
        + "part, parts, rate, raw, raws, text")]
    [InlineData("""{ "parts": [ { "wieght": 1 } ] }""",
        "here.parts[0].wieght: is unknown (did you mean 'weight'?); here.parts[0] has name, weight")]
    [InlineData("""{ "Rate": 1 }""",
        "here.Rate: is unknown (did you mean 'rate'?); 'test' has count, counts, flag, long, maybe, maybe-mode, mode, modes, numbers, "
        + "part, parts, rate, raw, raws, text")]
    public void An_unknown_option_names_the_known_ones_and_the_nearest(string json, string message) => Assert.Equal(message, Error(json));

    [Theory]
    [InlineData("[]", "here: has options that are not an object")]
    [InlineData("null", "here: has options that are not an object")]
    public void Options_are_an_object(string json, string message) => Assert.Equal(message, Error(json));

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "rate": 1, "rate": 2 }""")]
    public void Options_are_readable_and_stand_once(string json) =>
        Assert.StartsWith("here: has unreadable options: ", Error(json), StringComparison.Ordinal);

    [Fact]
    public void Describe_shows_what_a_user_can_set()
    {
        var description = Assert.Single(Catalog(_ => { }).List(PluginKind.Aggregator));
        Assert.Equal(("test", "A test."), (description.Name, description.Description));
        Assert.Equal(
            """
            rate: a number = 0.5, above 0 and below 1.5. How fast.
            count: a whole number = 3, at least 1.
            long: a whole number = 4.
            flag: true or false = false.
            mode: first-one | second-one = first-one.
            text: a text = plain.
            maybe: a whole number = not set.
            maybe-mode: first-one | second-one = not set.
            numbers: a list of numbers = [1, 2].
            counts: a list of whole numbers = [].
            modes: a list of first-one | second-one = [].
            parts: a list of objects = [].
            part: an object = { ... }.
            raw: an object = {}.
            raws: a list of objects = [].
            """,
            string.Join('\n', description.Options.Select(option =>
                $"{option.Name}: {option.Type} = {option.Default}{Prefixed(", ", option.Range)}.{Prefixed(" ", option.Description)}")));
    }

    private static string Prefixed(string prefix, string text) => text.Length > 0 ? prefix + text : "";

    private static string Error(string json) => Assert.Throws<SettingException>(() => Bind(json)).Message;

    private static TestOptions Bind(string json)
    {
        TestOptions? bound = null;
        Catalog(options => bound = options).CreateAggregator(new PluginChoice("test", json, "here"));
        return bound!;
    }

    private static PluginCatalog Catalog(Action<TestOptions> created)
    {
        var catalog = new PluginCatalog();
        catalog.AddAggregator<TestOptions>("test", "A test.", options =>
        {
            created(options);
            return new Unused();
        });
        return catalog;
    }

    private sealed class Unused : ILinearAggregator
    {
        public double Coefficient(double weight) => weight;
    }

    private enum Mode
    {
        FirstOne,
        SecondOne,
    }

    private sealed class TestOptions : IValidatableObject
    {
        [Range(0, 1.5, MinimumIsExclusive = true, MaximumIsExclusive = true)]
        [Description("How fast.")]
        public double Rate { get; set; } = 0.5;

        [Range(1, int.MaxValue)]
        public int Count { get; set; } = 3;

        public long Long { get; set; } = 4;

        public bool Flag { get; set; }

        public Mode Mode { get; set; }

        public string Text { get; init; } = "plain";

        public int? Maybe { get; set; }

        public Mode? MaybeMode { get; set; }

        public IReadOnlyList<double> Numbers { get; set; } = [1, 2];

        public int[] Counts { get; set; } = [];

        public List<Mode> Modes { get; set; } = [];

        public IReadOnlyList<Part> Parts { get; set; } = [];

        public Part Part { get; set; } = new();

        public JsonObject Raw { get; set; } = [];

        public IReadOnlyList<JsonObject> Raws { get; set; } = [];

        public int NotAnOption => Count;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Maybe > Count)
            {
                yield return new ValidationResult("is more than count", [nameof(Maybe)]);
            }

            if (Text == "together" && Flag)
            {
                yield return new ValidationResult("do not go together");
            }
        }
    }

    private sealed class Part
    {
        public string Name { get; set; } = "";

        [Range(0.0, double.MaxValue)]
        public double Weight { get; set; } = 1;
    }
}
