using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Experiments.Configuration;

/// <summary>
/// Reads one object of the configuration, strictly: a value of another type or out of range is an error, and so is, at the
/// end, a key that nobody read.
/// </summary>
/// <param name="node">The object.</param>
/// <param name="path">Where it stands; empty for the root.</param>
public sealed class Section(JsonObject node, string path)
{
    private readonly List<string> _known = [];

    /// <summary>Where the section stands.</summary>
    public string Path { get; } = path;

    /// <summary>The path of one of its keys.</summary>
    public string PathOf(string key) => SettingPath.Join(Path, key);

    /// <summary>Whether the key is there; it need not be.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return node.ContainsKey(key);
    }

    /// <summary>A block within this one.</summary>
    /// <exception cref="SettingException">It is missing, or no block.</exception>
    public Section Sub(string key) => new(Object(key), PathOf(key));

    /// <summary>The same, unread.</summary>
    /// <exception cref="SettingException">It is missing, or no block.</exception>
    public JsonObject Object(string key) => Get(key) as JsonObject ?? throw Wrong(key, "a block { ... }");

    /// <summary>The items of a list; a single value is a list of one.</summary>
    public IReadOnlyList<JsonNode?> List(string key) => Get(key) is JsonArray array ? [.. array] : [Get(key)];

    /// <summary>Whether a value is a list.</summary>
    public bool IsList(string key) => Get(key) is JsonArray;

    /// <summary>Whether a value is a block.</summary>
    public bool IsBlock(string key) => Get(key) is JsonObject;

    /// <summary>Whether a value is a word.</summary>
    public bool Is(string key, string word) => Scalar(key) == word;

    /// <summary>A text.</summary>
    /// <exception cref="SettingException">It is missing, or something else.</exception>
    public string Text(string key) => Scalar(key) ?? throw Wrong(key, "a text");

    /// <summary>on or off (true, false, yes, no).</summary>
    /// <exception cref="SettingException">It is missing, or something else.</exception>
    public bool Flag(string key) => Scalar(key) switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => throw Wrong(key, "true or false"),
    };

    /// <summary>A number.</summary>
    /// <exception cref="SettingException">It is missing, no number, or out of its bounds.</exception>
    public double Number(string key, Bounds bounds) =>
        ParseNumber(Scalar(key), bounds) ?? throw Wrong(key, $"a number of {bounds}{Size(Scalar(key))}");

    /// <summary>A number, or null where the value is the word given.</summary>
    public double? NumberOr(string key, Bounds bounds, string word) => Scalar(key) == word
        ? null
        : ParseNumber(Scalar(key), bounds) ?? throw Wrong(key, $"a number of {bounds}{Size(Scalar(key))}, or {word}");

    /// <summary>A whole number; <c>1e5</c> is one.</summary>
    /// <exception cref="SettingException">It is missing, no whole number, or out of its range.</exception>
    public int Whole(string key, int minimum, int maximum = int.MaxValue) =>
        ParseWhole(Scalar(key), minimum, maximum) ?? throw Wrong(key, $"a whole number of {Range(minimum, maximum)}");

    /// <summary>A seed: a whole number of at least 0.</summary>
    /// <exception cref="SettingException">It is missing, or something else.</exception>
    public ulong Seed(string key) => ParseSeed(Get(key)) ?? throw Wrong(key, "a whole number of at least 0");

    /// <summary>A whole number, or null where the value is the word given.</summary>
    public int? WholeOr(string key, int minimum, string word, int maximum = int.MaxValue) => Scalar(key) == word
        ? null
        : ParseWhole(Scalar(key), minimum, maximum) ?? throw Wrong(key, $"a whole number of {Range(minimum, maximum)}, or {word}");

    /// <summary>Any number, or null where the value is the word given.</summary>
    public double? NumberOr(string key, string word) =>
        Scalar(key) == word ? null : ParseNumber(Scalar(key), Bounds.Any) ?? throw Wrong(key, $"a number{Size(Scalar(key))}, or {word}");

    /// <summary>One number for all clients, or one for each.</summary>
    public double[] Numbers(string key, Bounds bounds) =>
        [.. Items(key, $"a number of {bounds}{Size([.. List(key).Select(AsText)])}, or a list of such", item => ParseNumber(item, bounds))];

    /// <summary>A whole number, or a list of such that is not empty.</summary>
    public int[] Wholes(string key, int minimum, string? expected = null) =>
        [.. Items(key, expected ?? $"a whole number of at least {minimum}, or a list of such", item => ParseWhole(item, minimum))];

    /// <summary>One whole number for all clients, or one for each; empty where the value is the word given.</summary>
    public int[] WholesOr(string key, int minimum, string word) => Scalar(key) == word
        ? []
        : [.. Items(key, $"a whole number of at least {minimum}, a list of such, or {word}", item => ParseWhole(item, minimum))];

    /// <summary>A value, or those of a list that is not empty.</summary>
    private IEnumerable<T> Items<T>(string key, string expected, Func<string?, T?> parse)
        where T : struct =>
        List(key) is { Count: > 0 } items
            ? items.Select(item => parse(AsText(item)) ?? throw Wrong(key, expected))
            : throw Wrong(key, expected);

    /// <summary>One of an enumeration's values, as words: <c>last-digit</c> is <c>LastDigit</c>.</summary>
    public T Word<T>(string key)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
        return words.TryGetValue(Scalar(key) ?? "", out var found)
            ? found
            : throw new SettingException(
                PathOf(key), $"is {Shown(Get(key))}; must be {string.Join(" | ", words.Keys)}{Hint.For(Scalar(key) ?? "", words.Keys)}");
    }

    /// <summary>One of several things, by name.</summary>
    /// <exception cref="SettingException">The value is the name of none; lists them.</exception>
    public T OneOf<T>(string key, IReadOnlyList<T> things, Func<T, string> name)
        where T : class =>
        things.FirstOrDefault(thing => name(thing) == Scalar(key))
        ?? throw new SettingException(
            PathOf(key),
            $"is {Shown(Get(key))}; must be {string.Join(" | ", things.Select(name))}"
            + $"{Hint.For(Scalar(key) ?? "", [.. things.Select(name)])}");

    /// <summary>A duration above 0.</summary>
    /// <exception cref="SettingException">It is missing, or something else.</exception>
    public TimeSpan Duration(string key) =>
        Durations.Parse(Scalar(key)) ?? throw Wrong(key, "a duration above 0 such as 500ms, 5s, 2m or 1h");

    /// <summary>A duration, or null where the value is the word given.</summary>
    public TimeSpan? DurationOr(string key, string word) => Scalar(key) == word
        ? null
        : Durations.Parse(Scalar(key)) ?? throw Wrong(key, $"a duration above 0 such as 500ms, 5s, 2m or 1h, or {word}");

    /// <summary>A plug-in's name, with its options from the block of that name beside it.</summary>
    /// <exception cref="SettingException">The name or an option is unknown, or an option is out of range.</exception>
    public PluginChoice Plugin(string key, PluginKind kind, PluginCatalog catalog)
    {
        var name = Text(key);
        var known = catalog.List(kind).Select(plugin => plugin.Name).ToList();
        if (!known.Contains(name))
        {
            catalog.Check(kind, new PluginChoice(name, "{}", PathOf(key)));
        }

        foreach (var other in known.Where(Has).Append(name))
        {
            catalog.Check(kind, Options(other));
        }

        return Options(name);
    }

    /// <summary>What nobody read is misspelt.</summary>
    public void Done()
    {
        var unknown = node.Select(entry => entry.Key).FirstOrDefault(key => !_known.Contains(key));
        if (unknown is not null)
        {
            throw new SettingException(PathOf(unknown).ReplaceLineEndings(" "), $"is unknown{Hint.For(unknown, _known)}");
        }
    }

    /// <summary>The error that says what a value is and what it must be, with its path.</summary>
    public SettingException Wrong(string key, string expected) => new(PathOf(key), $"is {Shown(Get(key))}; must be {expected}");

    /// <summary>A seed; null where it is none.</summary>
    public static ulong? ParseSeed(JsonNode? item) => WholeNumber.Parse<ulong>(AsText(item));

    private PluginChoice Options(string name) => new(name, Has(name) ? Object(name).ToJsonString() : "{}", PathOf(name));

    private JsonNode Get(string key) => !Has(key) ? throw new SettingException(PathOf(key), "is missing")
        : node[key] ?? throw new SettingException(PathOf(key), "is null, which is no value; leave it out for the default");

    private string? Scalar(string key) => AsText(Get(key));

    /// <summary>HOCON has no types, but somebody may have written a number or a word of JSON into run.json.</summary>
    private static string? AsText(JsonNode? item) => (item as JsonValue)?.ToString();

    private static double? ParseNumber(string? text, Bounds bounds) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && bounds.Contain(number)
            ? number
            : null;

    /// <summary>How large and small numbers may be, where that is what is wrong with one of them.</summary>
    private static string Size(params string?[] texts) =>
        Array.Exists(texts, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && text.AsSpan().ContainsAnyInRange('0', '9') && !Magnitude.Fits(number))
            ? string.Create(CultureInfo.InvariantCulture, $" and of a size from {Magnitude.Least} to {Magnitude.Most}")
            : "";

    private static int? ParseWhole(string? text, int minimum, int maximum = int.MaxValue) =>
        WholeNumber.Parse<int>(text) is { } number && number >= minimum && number <= maximum ? number : null;

    private static string Range(int minimum, int maximum) =>
        maximum == int.MaxValue ? $"at least {minimum}" : $"at least {minimum} and at most {maximum}";

    private static string Shown(JsonNode? item)
    {
        var text = HoconWriter.Inline(item);
        return text.Length <= 60 ? text : $"{text[..57]}...";
    }
}
