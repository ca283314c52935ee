using System.Text.Json.Nodes;

namespace FLCrowd.Host.Configuration;

/// <summary>The section <c>experiment</c>.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Episodes">Episodes per game.</param>
/// <param name="Grid">For a sweep, or regret: values by configuration path.</param>
/// <param name="Variants">For a sweep, or regret: overrides by name.</param>
/// <param name="Seeds">For a sweep: the seeds, or null where <paramref name="SeedCount"/> counts on from the run's seed.</param>
/// <param name="SeedCount">For a sweep: how many seeds.</param>
/// <param name="Regret">For regret: which deviations are measured.</param>
internal sealed record ExperimentSettings(
    ExperimentKind Kind, int Episodes, JsonObject Grid, JsonObject Variants, IReadOnlyList<ulong>? Seeds, int SeedCount, RegretSettings Regret)
{
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
            RegretSettings.Read(section.Sub("regret")));
        section.Done();

        if (seeds?.GroupBy(seed => seed).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new SettingException(section.PathOf("seeds"), $"has {twice.Key} twice");
        }

        if (kind == ExperimentKind.Play && (settings.Grid.Count > 0 || settings.Variants.Count > 0 || settings.SeedCount > 1))
        {
            throw new SettingException(section.PathOf("kind"), "is play, which plays one game; grid, variants and seeds need kind = sweep");
        }

        if (kind == ExperimentKind.Regret && (seeds is not null || settings.SeedCount > 1))
        {
            throw new SettingException(section.PathOf("seeds"), "needs kind = sweep; a regret experiment repeats its games by regret.replicates");
        }

        return settings;
    }

    /// <summary>The seeds of a sweep whose run has the seed given.</summary>
    public IEnumerable<ulong> SeedsFrom(ulong first) => Seeds ?? Enumerable.Range(0, SeedCount).Select(offset => unchecked(first + (ulong)offset));
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
}
