using FLCrowd.Conformance.DataSets;

namespace FLCrowd.Conformance;

/// <summary>The rules that every data set keeps. README.md says what each asks for.</summary>
/// <param name="plugin">The plug-in that registers it.</param>
/// <param name="name">Its name, <c>vendor/name</c>.</param>
public sealed class DataSetConformance(IPlugin plugin, string name)
{
    private static readonly RuleBook<DataSetConformance> Book = new(
        (SampleRules.Samples, SampleRules.CheckSamples),
        (SampleRules.Name, SampleRules.CheckName),
        (SampleRules.Classes, SampleRules.CheckClasses),
        (SampleRules.Features, SampleRules.CheckFeatures),
        (SampleRules.Apart, SampleRules.CheckApart),
        (LoadingRules.Determinism, LoadingRules.CheckDeterminism),
        (LoadingRules.Speed, LoadingRules.CheckSpeed));

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Rules => Book.Names;

    /// <summary>The data set's name.</summary>
    public string Name { get; } = name;

    /// <summary>The data set's options, a JSON object.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>The time for loading it.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The greatest magnitude of a feature: with much larger ones no usual step size learns anything.</summary>
    public double MostMagnitude { get; init; } = 1000;

    /// <summary>The greatest share of test samples that may be training samples, too.</summary>
    public double MostShared { get; init; } = 0.1;

    /// <summary>Checks all rules.</summary>
    /// <exception cref="ConformanceException">One is broken.</exception>
    public void Check() => Book.Check(this);

    /// <summary>Checks one rule.</summary>
    /// <exception cref="ConformanceException">It is broken.</exception>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public void Check(string rule) => Book.Check(this, rule);

    /// <summary>Loads it anew, as the program does.</summary>
    /// <exception cref="ConformanceException">There is none, or the program would refuse it.</exception>
    internal DataSet Load()
    {
        try
        {
            return PluginCatalog.Of(plugin).CreateDataSet(new PluginChoice(Name, Options, Name));
        }
        catch (SettingException e)
        {
            throw new ConformanceException(SampleRules.Samples, $"the program refuses it: {e.Message}");
        }
        catch (Exception e)
        {
            throw new ConformanceException(SampleRules.Samples, $"loading '{Name}' throws {e.GetType().Name}: {e.Message}");
        }
    }
}
