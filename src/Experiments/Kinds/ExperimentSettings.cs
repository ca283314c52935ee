using System.Text.Json.Nodes;
using FLCrowd.Actors.Definitions;
using FLCrowd.Experiments.Configuration;

namespace FLCrowd.Experiments.Kinds;

/// <summary>The section <c>experiment</c>: what all kinds have in common, and what its own kind makes of it.</summary>
public sealed record ExperimentSettings
{
    /// <summary>The keys by which a run asks for columns and tables that not every run has.</summary>
    private static readonly string[] WantedKeys = ["attendance", "classes"];

    /// <summary>What is done.</summary>
    public required IExperimentKind Kind { get; init; }

    /// <summary>The same, as configured.</summary>
    public required IExperiment Asked { get; init; }

    /// <summary>Episodes per game.</summary>
    public required int Episodes { get; init; }

    /// <summary>Values by configuration path.</summary>
    public required JsonObject Grid { get; init; }

    /// <summary>Overrides by name.</summary>
    public required JsonObject Variants { get; init; }

    /// <summary>Overrides by axis and name.</summary>
    public required JsonObject Axes { get; init; }

    /// <summary>The seeds, or null where <see cref="SeedCount"/> counts on from the run's seed.</summary>
    public required IReadOnlyList<ulong>? Seeds { get; init; }

    /// <summary>How many seeds.</summary>
    public required int SeedCount { get; init; }

    /// <summary>How often each game is played with the data and terms of its seed, and other draws.</summary>
    public required int Draws { get; init; }

    /// <summary>How many games a run may begin with.</summary>
    public required int MaxGames { get; init; }

    /// <summary>Whether clients are told what all behaviors of the episode before paid.</summary>
    public required bool PublishPayoffs { get; init; }

    /// <summary>Whether the run has a table of who holds what.</summary>
    public required bool Holdings { get; init; }

    /// <summary>The settings by which the run asks for columns and tables that not every run has.</summary>
    public required IReadOnlyList<string> Wanted { get; init; }

    /// <summary>When clients may choose anew.</summary>
    public required RevisionSettings Revision { get; init; }

    /// <summary>Reads the section <c>experiment</c>.</summary>
    /// <exception cref="SettingException">A setting is missing, unknown, out of its range, or does not go with another.</exception>
    public static ExperimentSettings Read(Section section, ExperimentKinds kinds)
    {
        var kind = kinds.Of(section);

        // Keys of other kinds, which reference.conf or a shared file may hold, must be right, too.
        var asked = kinds.All.ToDictionary(each => each, each => each.Read(section));
        var seeds = section.IsList("seeds")
            ? section.List("seeds").Select(item => Section.ParseSeed(item)
                ?? throw section.Wrong("seeds", "a number of seeds or a list of seeds")).ToList()
            : null;
        var settings = new ExperimentSettings
        {
            Kind = kind,
            Asked = asked[kind],
            Episodes = section.Whole("episodes", 1),
            Grid = section.Object("grid"),
            Variants = section.Object("variants"),
            Axes = section.Object("axes"),
            Seeds = seeds,
            SeedCount = seeds?.Count ?? section.Whole("seeds", 1),
            Draws = section.Whole("draws", 1),
            MaxGames = section.Whole("max-games", 1),
            PublishPayoffs = section.Flag("publish-payoffs"),
            Holdings = section.Flag("holdings"),
            Wanted = [.. WantedKeys.Where(section.Flag).Select(section.PathOf)],
            Revision = ReadRevision(section.Sub("revision")),
        };
        section.Done();
        settings.Check(section, kinds);
        var stranger = asked.FirstOrDefault(other => other.Key != kind && other.Value.Demand is not null);
        return stranger.Key is null
            ? settings
            : throw new SettingException(
                section.PathOf("kind"), $"is {kind.Name}; {stranger.Value.Demand} needs kind = {stranger.Key.Name}");
    }

    /// <summary>The seeds of a run that has the seed given.</summary>
    /// <exception cref="SettingException">There are not so many from that seed on.</exception>
    public IEnumerable<ulong> SeedsFrom(ulong first)
    {
        if (Seeds is null && ulong.MaxValue - first < (ulong)SeedCount - 1)
        {
            throw new SettingException(
                "experiment.seeds",
                $"is {SeedCount}, but the seeds from {first} to the last one, {ulong.MaxValue}, are {ulong.MaxValue - first + 1}; "
                + "use a smaller seed");
        }

        return Seeds ?? Enumerable.Range(0, SeedCount).Select(offset => first + (ulong)offset);
    }

    private void Check(Section section, ExperimentKinds kinds)
    {
        if (Seeds is { Count: 0 })
        {
            throw section.Wrong("seeds", "a number of seeds or a list of at least one");
        }

        if (Seeds?.GroupBy(seed => seed).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new SettingException(section.PathOf("seeds"), $"has {twice.Key} twice");
        }

        if (!Kind.IsSwept && (Grid.Count > 0 || Variants.Count > 0 || Axes.Count > 0))
        {
            throw new SettingException(
                section.PathOf("kind"),
                $"is {Kind.Name}, which sweeps nothing; grid, variants and axes need kind = {Those(kinds, other => other.IsSwept)}");
        }

        if (!Kind.HasSeeds && (Seeds is not null || SeedCount > 1))
        {
            throw new SettingException(
                section.PathOf("kind"), $"is {Kind.Name}; seeds need kind = {Those(kinds, other => other.HasSeeds)}{Kind.Repetition}");
        }

        if (!Kind.IsRepeated && Draws > 1)
        {
            throw new SettingException(
                section.PathOf("kind"), $"is {Kind.Name}; draws need kind = {Those(kinds, other => other.IsRepeated)}{Kind.Repetition}");
        }
    }

    private static string Those(ExperimentKinds kinds, Func<IExperimentKind, bool> have)
    {
        string[] names = [.. kinds.All.Where(have).Select(kind => kind.Name)];
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    private static RevisionSettings ReadRevision(Section section)
    {
        var revision = new RevisionSettings(
            section.Word<RevisionOrder>("order"), section.Whole("turn", 1), section.Number("inertia", Bounds.Between(0, 0.99)));
        section.Done();
        return revision;
    }
}
