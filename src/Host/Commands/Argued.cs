using System.CommandLine;
using System.CommandLine.Parsing;
using FLCrowd.Experiments.Loading;

namespace FLCrowd.Host.Commands;

/// <summary>Options and arguments whose wrong values are one sentence for people: what, and what would be right.</summary>
internal static class Argued
{
    /// <summary>More threads, workers or the like than any machine has use for.</summary>
    private const int Most = 1024;

    /// <summary>A seed.</summary>
    public static Option<ulong?> Seed() => new("--seed")
    {
        Description = "Changes the seed of all random numbers.",
        HelpName = "N",
        CustomParser = result => WholeNumber.Parse<ulong>(Given(result)) ?? Wrong<ulong>(result, "a whole number of at least 0"),
    };

    /// <summary>Assemblies of plug-ins.</summary>
    public static Option<string[]> Plugins() => new(PluginFile.Argument)
    {
        Description = "An assembly (docs/write-a-strategy.md) or a Python script (docs/write-a-strategy-in-python.md) with strategies, "
            + "mechanisms or the like of your own. May be repeated.",
        HelpName = "PATH",
        DefaultValueFactory = _ => [],
    };

    /// <summary>A page to look on.</summary>
    public static Option<bool> Watch() => new("--watch")
    {
        Description = "Shows the run in a browser while it goes on; prints the page's address. Does not change results.",
    };

    /// <summary>What that means.</summary>
    public static Look LookOf(bool isWatched) => isWatched ? Look.Page : Look.None;

    /// <summary>Tables in another format.</summary>
    public static Option<bool> Parquet() => new("--parquet")
    {
        Description = "Writes every table as a Parquet file, too, beside the CSV file.",
    };

    /// <summary>Curves for another tool.</summary>
    public static Option<bool> TensorBoard() => new("--tensorboard")
    {
        Description = "Writes the tables as curves for TensorBoard, too, below tensorboard/ in the run's folder.",
    };

    /// <summary>A number of things.</summary>
    public static Option<int?> Count(string name, string helpName, string description) => Whole(name, helpName, description, 1, Most);

    /// <summary>A whole number.</summary>
    public static Option<int?> Whole(string name, string helpName, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => WholeNumber.Parse<int>(Given(result)) is { } number && number >= minimum && number <= maximum
            ? number
            : Wrong<int>(result, $"a whole number from {minimum} to {maximum}"),
    };

    /// <summary>A text that is not empty.</summary>
    public static Option<string?> Text(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => RequireText(result, name));
        return option;
    }

    /// <summary>A text that is not empty.</summary>
    public static Argument<string> Text(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => RequireText(result, name));
        return argument;
    }

    private static void RequireText(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name}: is empty");
        }
    }

    private static string Given(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T? Wrong<T>(ArgumentResult result, string expected)
        where T : struct
    {
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: is '{Given(result)}'; must be {expected}");
        return null;
    }
}
