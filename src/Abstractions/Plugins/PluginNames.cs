using System.Reflection;
using System.Text.RegularExpressions;

namespace FLCrowd;

/// <summary>What plug-ins and their options may be called, and what kinds of them are called.</summary>
internal static partial class PluginNames
{
    /// <summary>Such as <c>data set</c>.</summary>
    public static string Of(PluginKind kind) => kind == PluginKind.DataSet ? "data set" : kind.ToString().ToLowerInvariant();

    /// <summary>Such as <c>an aggregator</c>.</summary>
    public static string One(PluginKind kind) => $"{(kind == PluginKind.Aggregator ? "an" : "a")} {Of(kind)}";

    /// <summary>Refuses a name that is none, or that a third party may not take.</summary>
    /// <param name="kind">What is registered.</param>
    /// <param name="name">Its name.</param>
    /// <param name="isBuiltIn">Whether it is part of the program.</param>
    /// <exception cref="SettingException">Says what a name is made of.</exception>
    public static void Check(PluginKind kind, string name, bool isBuiltIn)
    {
        if (!Pattern().IsMatch(name))
        {
            throw new SettingException(name, $"is no name for {One(kind)}; must be 'name' or 'vendor/name' of a-z, 0-9 and hyphens");
        }

        if (!isBuiltIn && !name.Contains('/', StringComparison.Ordinal))
        {
            throw new SettingException(name, $"is no name for {One(kind)} of a plug-in; must be 'vendor/{name}': plain names are built in");
        }
    }

    /// <summary>Refuses a class of options that could not be set.</summary>
    /// <exception cref="SettingException">Names the property.</exception>
    public static void CheckOptions(PluginKind kind, string name, Type options)
    {
        var properties = OptionText.Properties(options).ToList();
        if (properties.Find(property => !OptionText.IsOption(property.PropertyType)) is { } odd)
        {
            throw new SettingException(name, $"has {options.Name}.{odd.Name}, which is a {odd.PropertyType.Name}; no option has this type");
        }

        if (properties.Find(property => property.GetCustomAttribute<FilePathAttribute>() is not null
            && (kind is PluginKind.Strategy or PluginKind.Surrogate || !IsText(property.PropertyType))) is { } path)
        {
            throw new SettingException(
                name,
                $"has {options.Name}.{path.Name}, which is marked as a path; must be a text, or a list of texts, of a data set, "
                + "partition, model, aggregator or mechanism");
        }

        CheckOptions(kind, name, properties.Select(OptionText.Key));
    }

    /// <summary>Refuses options that stand for something else where a strategy is chosen.</summary>
    /// <exception cref="SettingException">Names the option.</exception>
    public static void CheckOptions(PluginKind kind, string name, IEnumerable<string> options)
    {
        if (kind == PluginKind.Strategy && options.FirstOrDefault(StrategyKeys.All.Contains) is { } taken)
        {
            throw new SettingException(
                name,
                $"has an option '{taken}', which could not be set: where a strategy is chosen, {string.Join(", ", StrategyKeys.All)} "
                + "stand for other things");
        }
    }

    private static bool IsText(Type type) => (OptionText.ElementType(type) ?? type) == typeof(string);

    [GeneratedRegex(@"\A[a-z0-9-]+(/[a-z0-9-]+)?\z")]
    private static partial Regex Pattern();
}
