using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Host.Figures;

namespace FLCrowd.Host.Configuration;

/// <summary>The section <c>experiment</c>.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Episodes">Episodes per game.</param>
/// <param name="Grid">For a sweep, or regret: values by configuration path.</param>
/// <param name="Variants">For a sweep, or regret: overrides by name.</param>
/// <param name="Seeds">For a sweep: the seeds, or null where <paramref name="SeedCount"/> counts on from the run's seed.</param>
/// <param name="SeedCount">For a sweep: how many seeds.</param>
/// <param name="Regret">For regret: which deviations are measured.</param>
/// <param name="Axes">For a sweep: overrides by axis and name.</param>
/// <param name="Figure">For a sweep: the figure that its tables are drawn and judged as; null for none.</param>
/// <param name="Draws">For a sweep: how often each game is played with the data and terms of its seed, and other draws.</param>
/// <param name="Experiments">For a collection: names of experiments, or files.</param>
/// <param name="Dynamics">For dynamics: how a profile comes about.</param>
internal sealed record ExperimentSettings(
    ExperimentKind Kind, int Episodes, JsonObject Grid, JsonObject Variants, IReadOnlyList<ulong>? Seeds, int SeedCount, RegretSettings Regret,
    JsonObject Axes, string? Figure, int Draws, IReadOnlyList<string> Experiments, DynamicsSettings Dynamics)
{
    /// <summary>How many games a run may begin with.</summary>
    public int MaxGames { get; init; }

    /// <summary>Whether clients are told what all behaviors of the episode before paid.</summary>
    public bool PublishPayoffs { get; init; }

    /// <summary>For a population: which strategies are played by how many.</summary>
    public required PopulationSettings Population { get; init; }

    /// <summary>When clients may choose anew.</summary>
    public RevisionSettings Revision { get; init; } = new();

    public static ExperimentSettings Read(Section section)
    {
        var kind = section.Word<ExperimentKind>("kind");
        bool listed = section.IsList("seeds");
        var seeds = listed
            ? section.List("seeds").Select(item => Section.ParseSeed(item) ?? throw section.Wrong("seeds", "a number of seeds or a list of seeds")).ToList()
            : null;
        var settings = new ExperimentSettings(
            kind,
            section.Whole("episodes", 1),
            section.Object("grid"),
            section.Object("variants"),
            seeds,
            seeds?.Count ?? section.Whole("seeds", 1),
            RegretSettings.Read(section.Sub("regret")),
            section.Object("axes"),
            ReadFigure(section),
            section.Whole("draws", 1),
            [.. section.List("experiments").Select(item => item is JsonValue ? item.ToString() : throw section.Wrong("experiments", "a list of names or files"))],
            DynamicsSettings.Read(section.Sub("dynamics")))
        {
            MaxGames = section.Whole("max-games", 1),
            Revision = ReadRevision(section.Sub("revision")),
            PublishPayoffs = section.Flag("publish-payoffs"),
            Population = PopulationSettings.Read(section.Sub("population")),
        };
        section.Done();

        if (seeds is { Count: 0 })
        {
            throw section.Wrong("seeds", "a number of seeds or a list of at least one");
        }

        if (seeds?.GroupBy(seed => seed).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new SettingException(section.PathOf("seeds"), $"has {twice.Key} twice");
        }

        if ((kind == ExperimentKind.Collection) != (settings.Experiments.Count > 0))
        {
            throw new SettingException(section.PathOf("experiments"), "needs kind = collection, and a collection needs experiments");
        }

        if (kind is ExperimentKind.Play or ExperimentKind.Collection && (settings.Grid.Count > 0 || settings.Variants.Count > 0 || settings.Axes.Count > 0))
        {
            throw new SettingException(
                section.PathOf("kind"), $"is {kind.ToString().ToLowerInvariant()}, which sweeps nothing; grid, variants and axes need kind = sweep, regret, dynamics or population");
        }

        if (kind == ExperimentKind.Population && settings.Draws > 1 && settings.SeedCount > 1)
        {
            throw new SettingException(section.PathOf("draws"), "and seeds are both above 1; a population repeats its games by one of them");
        }

        bool repeats = kind is ExperimentKind.Sweep or ExperimentKind.Population;
        if (!repeats && (seeds is not null || settings.SeedCount > 1 || settings.Draws > 1) || kind != ExperimentKind.Sweep && settings.Figure is not null)
        {
            throw new SettingException(
                section.PathOf("kind"),
                $"is {kind.ToString().ToLowerInvariant()}; {(repeats ? "figure needs" : "seeds, draws and figure need")} kind = sweep"
                + (kind == ExperimentKind.Regret ? " (a regret experiment repeats its games by regret.replicates)" : ""));
        }

        return settings;
    }

    private static RevisionSettings ReadRevision(Section section)
    {
        var revision = new RevisionSettings(
            section.Word<RevisionOrder>("order"), section.Whole("turn", 1), section.Number("inertia", Bounds.Between(0, 0.99)));
        section.Done();
        return revision;
    }

    private static string? ReadFigure(Section section)
    {
        var name = section.Text("figure");
        return name == "none" || PaperFigures.Names.Contains(name)
            ? name == "none" ? null : name
            : throw section.Wrong("figure", $"none | {string.Join(" | ", PaperFigures.Names)}");
    }

    /// <summary>The seeds of a sweep whose run has the seed given.</summary>
    /// <exception cref="SettingException">There are not so many from that seed on.</exception>
    public IEnumerable<ulong> SeedsFrom(ulong first)
    {
        if (Seeds is null && ulong.MaxValue - first < (ulong)SeedCount - 1)
        {
            throw new SettingException(
                "experiment.seeds", $"is {SeedCount}, but the seeds from {first} to the last one, {ulong.MaxValue}, are {ulong.MaxValue - first + 1}; use a smaller seed");
        }

        return Seeds ?? Enumerable.Range(0, SeedCount).Select(offset => first + (ulong)offset);
    }
}

/// <summary>Kinds of experiments.</summary>
internal enum ExperimentKind
{
    /// <summary>One game.</summary>
    Play,

    /// <summary>One game for every combination of a grid's values, variants and seeds.</summary>
    Sweep,

    /// <summary>The gains of deviating from a game's profile, for every combination of a grid's values and variants.</summary>
    Regret,

    /// <summary>What clients come to do when they learn or get best responses, and the regret of it, for every combination of a grid's values
    /// and variants.</summary>
    Dynamics,

    /// <summary>What strategies are paid in every division of the clients into them, and where populations tend to, for every combination of a
    /// grid's values and variants.</summary>
    Population,

    /// <summary>Other experiments, one after another.</summary>
    Collection,
}
