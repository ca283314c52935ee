using System.Text.Json.Nodes;
using FLCrowd.Analysis.EmpiricalGames;
using FLCrowd.Experiments.Configuration;
using FLCrowd.Experiments.Hocon;

namespace FLCrowd.Experiments.Population;

/// <summary>The section <c>experiment.population</c>: which strategies are played by how many, and how the payoffs are read.</summary>
/// <param name="Strategies">The strategies by name, in order.</param>
/// <param name="MaxProfiles">How many profiles there may be.</param>
/// <param name="Cache">The folder of games that were played before; null: none.</param>
/// <param name="Confidence">Of the intervals of all switches of a table together, in (0, 1).</param>
/// <param name="Tolerance">The gain that counts, in money, at least 0.</param>
/// <param name="PopulationSize">The individuals of the Moran process; null: ten times the clients.</param>
/// <param name="Intensities">Of selection, as multiples of 1 / (the median size of a switch's gain), above 0.</param>
/// <param name="Starts">Trajectories start where shares are multiples of 1 / this.</param>
/// <param name="NfgProfiles">How many profiles of named players a Gambit file may have.</param>
internal sealed record PopulationSettings(
    IReadOnlyList<(string Name, PluginChoice Choice)> Strategies,
    int MaxProfiles,
    string? Cache,
    double Confidence,
    double Tolerance,
    int? PopulationSize,
    IReadOnlyList<double> Intensities,
    int Starts,
    int NfgProfiles)
{
    /// <summary>Rest points are looked for among all sets of strategies.</summary>
    private const int MostStrategies = 12;

    private const int MostTrajectories = 100_000;

    public static PopulationSettings Read(Section section)
    {
        var settings = new PopulationSettings(
            [.. section.Object("strategies").Select(entry => (
                SettingName.Checked(entry.Key, section.PathOf("strategies")),
                ReadStrategy(entry.Value, SettingPath.Join(section.PathOf("strategies"), entry.Key))))],
            section.Whole("max-profiles", 1),
            section.Text("cache") is var cache && cache == "off" ? null : cache,
            section.Number("confidence", Bounds.Between(0.5, 0.9999)),
            section.Number("tolerance", Bounds.AtLeast(0)),
            section.WholeOr("population-size", 2, "auto", 1_000_000),
            [.. section.Numbers("intensities", Bounds.Above(0)).Distinct().Order()],
            section.Whole("starts", 2),
            section.Whole("nfg-profiles", 0));
        section.Done();
        return settings;
    }

    /// <summary>The strategies of a crowd, checked.</summary>
    /// <param name="section">Where the settings stand.</param>
    /// <param name="clients">How many clients there are.</param>
    /// <param name="catalog">All plug-ins.</param>
    /// <exception cref="SettingException">Too few, unknown or wrong strategies; too many profiles.</exception>
    public IReadOnlyList<(string Name, PluginChoice Choice)> Check(string section, int clients, PluginCatalog catalog)
    {
        if (Strategies.Count < 2)
        {
            throw new SettingException(
                $"{section}.strategies",
                "must name at least two strategies, such as { truthful { strategy = truthful }, shirk { strategy = shirk-labeling } }");
        }

        if (Strategies.Count > MostStrategies)
        {
            throw new SettingException($"{section}.strategies", $"names {Strategies.Count} strategies; must be at most {MostStrategies}");
        }

        if (clients < 2)
        {
            throw new SettingException("data.clients", $"is {clients}; a population needs at least 2");
        }

        foreach (var (_, choice) in Strategies)
        {
            catalog.Check(PluginKind.Strategy, choice);
            _ = catalog.CreateStrategy(choice, 0);
        }

        if (Compositions.Count(clients, Strategies.Count) is var profiles && profiles > MaxProfiles)
        {
            throw new SettingException(
                $"{section}.max-profiles",
                $"is {MaxProfiles}, but {clients} clients divide into {Strategies.Count} strategies in {profiles:#,0} ways; "
                + "name fewer strategies, take fewer clients, or raise it");
        }

        if (PopulationSize < clients)
        {
            throw new SettingException(
                $"{section}.population-size", $"is {PopulationSize}; must be at least {clients}, the clients of one game, or auto");
        }

        // Opponents are drawn from m^(N - 1) ordered groups, whose number is as large as double precision goes.
        if ((clients - 1) * Math.Log(Strategies.Count) > Math.Log(double.MaxValue))
        {
            throw new SettingException(
                "data.clients", $"is {clients}; the payoffs of mixtures of {Strategies.Count} strategies are computed for at most "
                + $"{(int)(Math.Log(double.MaxValue) / Math.Log(Strategies.Count)) + 1} clients");
        }

        if (Starts >= Strategies.Count
            && Compositions.Count(Starts - Strategies.Count, Strategies.Count) is var trajectories && trajectories > MostTrajectories)
        {
            throw new SettingException(
                $"{section}.starts", $"is {Starts}: that is {trajectories:#,0} trajectories; must give at most {MostTrajectories:#,0}");
        }

        return Starts >= Strategies.Count
            ? Strategies
            : throw new SettingException(
                $"{section}.starts",
                $"is {Starts}; must be at least {Strategies.Count}, the number of strategies: no share of a start is 0");
    }

    private static PluginChoice ReadStrategy(JsonNode? entry, string path) => PluginChoice.FromObject(
        entry as JsonObject ?? throw new SettingException(path, "must be a block { strategy = ... } with the strategy's options"),
        StrategyKeys.Strategy, path);
}
